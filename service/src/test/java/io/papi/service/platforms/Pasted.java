package io.papi.service.platforms;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the pages give to paste into a platform, as that platform understands it. Thread-safe. */
interface Pasted {

  /**
   * The request that the platform makes for one recipient.
   *
   * @param text as it was pasted, with the key where it says PAPI_KEY
   * @param recipient of whom the platform writes in what the text says
   * @param key the caller's, which the platform keeps if the text says so
   * @throws AssertionError if the platform does not take such a text
   */
  Request request(String text, Recipient recipient, String key);

  /**
   * A request, by POST if it has a body.
   *
   * @param headers names and values by turns
   */
  record Request(URI address, List<String> headers, Optional<String> body) {
    public Request {
      headers = List.copyOf(headers);
    }

    /** One by GET. */
    Request(URI address, List<String> headers) {
      this(address, headers, Optional.empty());
    }
  }
}
