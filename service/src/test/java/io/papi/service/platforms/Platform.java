package io.papi.service.platforms;

import java.net.URI;

/** A platform that personalizes a message by an answer. Thread-safe. */
interface Platform {

  /** The message "Hello" and the first name, made from what the address answers. */
  Message message(URI address);
}
