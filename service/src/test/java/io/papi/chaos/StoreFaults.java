package io.papi.chaos;

import static io.papi.testing.proxy.FaultProxy.Direction.DOWNSTREAM;

import io.papi.chaos.Fault.Beginning;
import io.papi.chaos.Fault.Part;
import io.papi.testing.Frozen;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.proxy.Toxic;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What goes wrong with the store, and with the service itself: not both at once. */
final class StoreFaults {
  private static final Duration FREEZE = Duration.ofSeconds(2);

  /** Over before the third refusal, after which the next try is a minute later. */
  private static final Duration REFUSED = Duration.ofMillis(2_500);

  private StoreFaults() {}

  static List<Fault> of(Surroundings all, Spoilt spoilt) {
    return List.of(
        fault("slow and jittery", toxic(all, new Latency(millis(400), millis(300)))),
        fault("hung", always(all, SnowflakeStandIn.Fault.HANG)),
        fault(
            "down",
            () -> {
              all.toSnowflake().down();
              return all.toSnowflake()::up;
            }),
        fault("throttled (429)", always(all, SnowflakeStandIn.Fault.THROTTLED)),
        fault("unavailable (503)", always(all, SnowflakeStandIn.Fault.UNAVAILABLE)),
        fault("reset", toxic(all, new ResetPeer(Duration.ZERO))),
        fault("cut in mid-answer", toxic(all, new LimitData(2_000))),
        fault("answers in part", always(all, SnowflakeStandIn.Fault.CUT)),
        fault("answers nonsense", always(all, SnowflakeStandIn.Fault.GARBAGE)),
        new Fault(
            "sign-ins refused, all sessions lost",
            Part.STORE,
            REFUSED,
            true,
            () -> {
              all.snowflake()
                  .refuse("390100", _ -> "Incorrect username or password was specified.");
              all.snowflake().always(SnowflakeStandIn.Fault.SESSION_GONE);
              return () -> {
                all.snowflake().acceptOnly(_ -> true);
                all.snowflake().behave();
              };
            }),
        harmless(
            "all tokens expired",
            () -> {
              all.snowflake().expireSessions();
              return () -> {};
            }),
        harmless(
            "a session lost",
            () -> {
              all.snowflake().next(SnowflakeStandIn.Fault.SESSION_GONE);
              return () -> {};
            }),
        harmless(
            "rows that cannot be shown",
            () -> {
              AutoCloseable span = spoilt.begin();
              all.snowflake().spoil(Rows.KEY, spoilt.keys(), Rows.VERSION);
              return () -> {
                all.snowflake().spoil(Rows.KEY, Set.of(), Rows.VERSION);
                span.close();
              };
            }),
        new Fault(
            "idle connections by the thousand",
            Part.SERVICE,
            Fault.LONG,
            false,
            () -> IdleConnections.begin(all.client())),
        new Fault(
            "frozen (SIGSTOP)", Part.SERVICE, FREEZE, true, () -> new Frozen(all.servicePid())));
  }

  private static Fault fault(String name, Beginning beginning) {
    return new Fault(name, Part.STORE, Fault.LONG, true, beginning);
  }

  /** One for which no request fails that is not for a row which cannot be shown. */
  private static Fault harmless(String name, Beginning beginning) {
    return new Fault(name, Part.STORE, Fault.LONG, false, beginning);
  }

  private static Beginning toxic(Surroundings all, Toxic toxic) {
    return () -> all.toSnowflake().add(DOWNSTREAM, toxic);
  }

  private static Beginning always(Surroundings all, SnowflakeStandIn.Fault fault) {
    return () -> {
      all.snowflake().always(fault);
      return () -> {
        all.snowflake().behave();
        all.snowflake().release();
      };
    };
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }
}
