package io.papi.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.papi.lookup.Ticker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;

/**
 * The meters of a service and of its process, in Prometheus' form. Thread-safe.
 *
 * <p>Every timer is a histogram with the same few buckets, because histograms of several instances
 * add up, and the Prometheus container of Snowpark Container Services does not know summaries.
 */
public final class Metrics implements AutoCloseable {
  /**
   * The bounds of a timer's buckets, in microseconds: from a hit in the near cache to twice the
   * deadline, dense where statements end, with the objective of 200 ms among them.
   */
  private static final long[] BUCKETS = {
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 35_000, 50_000, 75_000, 100_000, 150_000,
    200_000, 300_000, 500_000, 1_000_000, 2_000_000
  };

  private static final MeterFilter TIMERS_ARE_HISTOGRAMS =
      new MeterFilter() {
        @Override
        public DistributionStatisticConfig configure(
            Meter.Id id, DistributionStatisticConfig config) {
          return id.getType() == Meter.Type.TIMER
              ? DistributionStatisticConfig.builder()
                  .percentilesHistogram(false)
                  .serviceLevelObjectives(
                      Arrays.stream(BUCKETS).mapToDouble(micros -> micros * 1e3).toArray())
                  .build()
                  .merge(config)
              : config;
        }
      };

  /** Their names break Prometheus' rules; {@code process_cpu_usage} says the same. */
  private static final List<String> LEFT_OUT = List.of("process.cpu.time", "system.cpu.count");

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Metrics(String version, Ticker ticker) {
    this.registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), new TickerClock(ticker));
    LEFT_OUT.forEach(name -> registry.config().meterFilter(MeterFilter.denyNameStartsWith(name)));
    registry.config().meterFilter(TIMERS_ARE_HISTOGRAMS);
    List<MeterBinder> process =
        List.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            collections,
            new FileDescriptorMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics());
    process.forEach(binder -> binder.bindTo(registry));
    Gauge.builder("papi.build.info", () -> 1)
        .description("Always 1; the version is the label")
        .tag("version", version)
        .register(registry);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** All meters in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
