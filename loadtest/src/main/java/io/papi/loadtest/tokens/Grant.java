package io.papi.loadtest.tokens;

import java.time.Instant;
import java.util.Map;

/** What proves to the token endpoint who a caller is: the fields of the form that it asks for. */
interface Grant {

  /**
   * The form, but for its scope.
   *
   * @param now when it is sent
   */
  Map<String, String> fields(Instant now);

  /** What the scope calls a role. */
  String rolePrefix();
}
