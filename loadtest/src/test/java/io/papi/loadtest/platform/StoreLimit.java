package io.papi.loadtest.platform;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the store may be asked for while one caller wants far more than its limit. All callers read
 * the same dataset, so the ids that others had read are counted by their answers. Thread-safe.
 */
public final class StoreLimit {
  /** The verdict where all is well. */
  public static final String KEPT = "the store read what the limit allows";

  private static final String IDS_READ = "papi_store_batch_keys_sum{dataset=\"customer\"";

  /** Of what may be read: how much less and how much more is no sign of anything. */
  private static final double MIN = 0.8;

  private static final double MAX = 1.1;

  private final int perSecond;
  private final int slack;
  private final LongSupplier nanos;
  private final AtomicLong others = new AtomicLong();

  /**
   * What the service had read by one moment.
   *
   * @param ids that the store had read
   * @param others how many of them were the others'
   */
  public record Reading(long at, long ids, long others) {}

  /**
   * @param perSecond the ids a second that the caller may have read
   * @param slack the ids that may be on their way at either end
   * @param nanos a monotonic clock
   */
  public StoreLimit(int perSecond, int slack, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.slack = slack;
    this.nanos = nanos;
  }

  /**
   * Takes note of an answer to another caller, for one id.
   *
   * @param cacheStatus its header {@code Cache-Status}: its first member is the cache nearest to
   *     the store, and says whether the store was asked for this
   */
  public void answeredOther(String cacheStatus) {
    String nearest = cacheStatus.split(",", 2)[0];
    if (nearest.contains("fwd=miss") && !nearest.contains("collapsed")) {
      others.incrementAndGet();
    }
  }

  /** What the service has read by now, as its metrics say. */
  public Reading reading(String metrics) {
    long ids =
        metrics
            .lines()
            .filter(line -> line.startsWith(IDS_READ))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
    return new Reading(nanos.getAsLong(), ids, others.get());
  }

  /** {@link #KEPT}, or what the store has read instead. */
  public String verdict(Reading before, Reading after) {
    double seconds = (double) (after.at() - before.at()) / TimeUnit.SECONDS.toNanos(1);
    long read = after.ids() - before.ids() - (after.others() - before.others());
    double allowed = perSecond * seconds;
    return read >= MIN * allowed - slack && read <= MAX * allowed + slack
        ? KEPT
        : "the store read %d ids in %.1f s, and might %.0f".formatted(read, seconds, allowed);
  }
}
