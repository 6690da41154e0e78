package io.papi.http.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.Route;
import io.papi.lookup.Ticker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The metrics of the last five minutes, noted every ten seconds, so that the lines of the status
 * page do not begin when somebody opens it. Thread-safe.
 *
 * <p>Each is kept as the metrics page would have been, without its comments and compressed: the
 * page reads what was and what is in the same way.
 */
public final class MetricsHistory implements Route.Work, AutoCloseable {
  static final Duration PERIOD = Duration.ofSeconds(10);
  static final Duration SPAN = Duration.ofMinutes(5);

  private final Supplier<String> metrics;
  private final Ticker ticker;

  @GuardedBy("this")
  private final Deque<Page> pages = new ArrayDeque<>();

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics-history").factory());

  private static final class Page {
    /** A reading of the ticker. */
    private final long at;

    private final byte[] packed;

    Page(long at, byte[] packed) {
      this.at = at;
      this.packed = packed;
    }
  }

  /**
   * @param metrics all meters in Prometheus' text format
   */
  public MetricsHistory(Supplier<String> metrics, Ticker ticker) {
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /** Begins to note. */
  public void start() {
    var _ = clock.scheduleWithFixedDelay(this::note, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Notes what the metrics are now, and forgets what is too old. */
  void note() {
    Page page = new Page(ticker.nanos(), pack(metrics.get()));
    synchronized (this) {
      pages.addLast(page);
      while (page.at - pages.getFirst().at > SPAN.toNanos()) {
        pages.removeFirst();
      }
    }
  }

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    response.header(Json.CONTENT_TYPE).header(Json.NO_STORE);
    Body.send(request, response, Body.of(json()));
  }

  /** Oldest first, each with its age in milliseconds. */
  byte[] json() {
    List<Page> kept;
    synchronized (this) {
      kept = List.copyOf(pages);
    }
    long now = ticker.nanos();
    return Json.bytes(
        json -> {
          json.writeStartArray();
          for (Page page : kept) {
            json.writeStartObject();
            json.writeNumberProperty("age", TimeUnit.NANOSECONDS.toMillis(now - page.at));
            json.writeStringProperty("metrics", unpack(page.packed));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static byte[] pack(String page) {
    String series =
        page.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream into = new GZIPOutputStream(packed)) {
      into.write(series.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String unpack(byte[] packed) {
    try (GZIPInputStream from = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(from.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
