package io.papi.http.format;

/**
 * What should be rows are none. The service wrote them itself, so this is a fault in it; the
 * message says nothing of their content.
 */
final class MalformedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
