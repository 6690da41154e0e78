package io.papi.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * A failure of the whole server and not of the one statement that met it: there is no connection to
 * be had, the sign-in is refused, or the server turns requests away.
 *
 * <p>A failure that may be either is not counted as one, such as a statement that hangs or an
 * answer that is cut: a dataset must not take others down with it, and if all of them fail, each
 * says so itself.
 */
final class ServerFailure extends SQLException {
  private static final long serialVersionUID = 1L;

  /** How Snowflake's driver says that the server is overloaded or throttles; it has no code. */
  private static final Pattern TURNED_AWAY = Pattern.compile("HTTP status=(?:429|503)\\b");

  /** No connection could be had, or one after the other was lost. */
  ServerFailure(SQLException cause) {
    super("the server cannot be asked", cause);
  }

  static boolean is(SQLException failure) {
    return failure instanceof ServerFailure
        || LostSession.isLost(failure)
        || isNotConnected(failure)
        || TURNED_AWAY.matcher(String.valueOf(failure.getMessage())).find();
  }

  private static boolean isNotConnected(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
