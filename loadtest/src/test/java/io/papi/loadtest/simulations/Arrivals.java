package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;

/**
 * When callers arrive: at their own pace, whatever the service does. They begin slowly, because
 * generator and service have to warm up.
 */
final class Arrivals {
  /** How long {@link #steady} takes to reach its rate. */
  static final Duration WARM_UP = Duration.ofSeconds(10);

  private Arrivals() {}

  /** So many, the first tenth at half the rate. */
  static OpenInjectionStep[] ofAll(int count, int perSecond) {
    int first = count / 10;
    int rest = count - first;
    return new OpenInjectionStep[] {
      rampUsers(first).during(Duration.ofSeconds(2 * first / perSecond + 1)),
      rampUsers(rest).during(Duration.ofSeconds(rest / perSecond + 1))
    };
  }

  /** At a rate that rises from nothing, then for so long. */
  static OpenInjectionStep[] steady(int perSecond, Duration duration) {
    return new OpenInjectionStep[] {
      rampUsersPerSec(1).to(perSecond).during(WARM_UP),
      constantUsersPerSec(perSecond).during(duration)
    };
  }
}
