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

  /** So many in all: a twentieth at a fifth of the rate, a fifth at half of it, then the rest. */
  static OpenInjectionStep[] ofAll(int count, int perSecond) {
    int first = count / 20;
    int second = count / 5;
    return new OpenInjectionStep[] {
      at(perSecond / 5.0, first), at(perSecond / 2.0, second), at(perSecond, count - first - second)
    };
  }

  /** At a rate that rises from nothing, then for so long. */
  static OpenInjectionStep[] steady(int perSecond, Duration duration) {
    return new OpenInjectionStep[] {
      rampUsersPerSec(1).to(perSecond).during(WARM_UP),
      constantUsersPerSec(perSecond).during(duration)
    };
  }

  private static OpenInjectionStep at(double perSecond, int count) {
    return rampUsers(count).during(Duration.ofMillis((long) (1_000 * count / perSecond)));
  }
}
