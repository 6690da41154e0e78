package io.papi.service.platforms;

import java.net.URI;
import java.util.List;

/** What the pages give to paste into a platform, as that platform understands it. Thread-safe. */
interface Pasted {

  /**
   * The request that the platform makes for one recipient.
   *
   * @param text as it was pasted, with the key where it says PAPI_KEY
   * @param id the recipient's, which the platform writes in
   * @param key the caller's, which the platform keeps if the text says so
   * @throws AssertionError if the platform does not take such a text
   */
  Request request(String text, String id, String key);

  /**
   * A request by GET.
   *
   * @param headers names and values by turns
   */
  record Request(URI address, List<String> headers) {
    public Request {
      headers = List.copyOf(headers);
    }
  }
}
