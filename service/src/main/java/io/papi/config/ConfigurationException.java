package io.papi.config;

/** A configuration that the service refuses to start with. The message names the key, no secret. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }
}
