package io.papi.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool which failures end a connection: beside those of SQL's class 08 the codes by which
 * Snowflake says that a session is gone for good. One that has merely expired (390112) is renewed
 * by the driver and never seen here. What the driver cannot convert (0A000) ends none, though the
 * pool would think so: otherwise one bad value would close a connection each time. Immutable.
 */
final class LostSession implements SQLExceptionOverride {
  /** Session gone; master token not found, expired, invalid; token invalid; token expired. */
  private static final Set<Integer> CODES = Set.of(390111, 390113, 390114, 390115, 390195, 390318);

  private static final String NOT_SUPPORTED = "0A000";

  private static final int NO_WAREHOUSE = 606;

  /** Whether a failure says that the connection is gone. */
  static boolean isLost(SQLException failure) {
    return CODES.contains(failure.getErrorCode())
        || (failure.getSQLState() != null && failure.getSQLState().startsWith("08"));
  }

  /**
   * Whether a failure says that the session has no warehouse: there is none of that name, or it was
   * dropped. Others may be well, so this says nothing about the server.
   */
  static boolean hasNoWarehouse(SQLException failure) {
    return failure.getErrorCode() == NO_WAREHOUSE;
  }

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    if (NOT_SUPPORTED.equals(failure.getSQLState())) {
      return Override.DO_NOT_EVICT;
    }
    // A session never gets the warehouse that it did not find, a new one may.
    boolean isUseless = CODES.contains(failure.getErrorCode()) || hasNoWarehouse(failure);
    return isUseless ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
