package io.papi.cache.redis;

import static io.papi.cache.redis.connection.FakeRedis.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.redis.Reply.Nothing;
import io.papi.cache.redis.Reply.Values;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RedisReadsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final int MAX_KEYS = 16;

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeRedis peer = new FakeRedis();
  private final RedisReads reads =
      new RedisReads(
          new RedisSettings(URI.create(peer.uri()), TIMEOUT, MAX_KEYS, 100),
          ticker,
          new ExchangeMeters(registry));

  RedisReadsTest() throws IOException {
    Await.until("the connection is open", reads::isOpen);
  }

  @AfterEach
  void close() throws IOException {
    reads.close();
    peer.close();
  }

  @Test
  void read_someKeysKnown_hasTheirValues() {
    peer.values.put("a", bytes("1"));
    peer.values.put("c", bytes("3"));

    assertThat(reads.read(names("a", "b", "c"), soon()))
        .isInstanceOfSatisfying(
            Values.class,
            values -> {
              assertThat(values.at(0)).contains(bytes("1"));
              assertThat(values.at(1)).isEmpty();
              assertThat(values.at(2)).contains(bytes("3"));
            });
    assertThat(exchanges("read", "ok")).isEqualTo(1);
  }

  @Test
  void read_manyReadersWhileTaken_areCombined() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          go.await();
          peer.honestly(command, output);
        };
    for (int i = 0; i < 13; i++) {
      peer.values.put("k" + i, bytes("v" + i));
    }
    List<FutureTask<Reply>> readers = new ArrayList<>();
    readers.add(reader(() -> reads.read(names("k0"), soon())));
    Await.until("the first exchange is under way", () -> peer.reads.get() == 1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < 13; i++) {
      int number = i;
      FutureTask<Reply> reader = new FutureTask<>(() -> reads.read(names("k" + number), soon()));
      readers.add(reader);
      threads.add(Thread.ofVirtual().start(reader));
    }
    Await.until("all wait", () -> threads.stream().allMatch(RedisReadsTest::isParked));
    go.countDown();

    for (int i = 0; i < readers.size(); i++) {
      assertThat(((Values) readers.get(i).get()).at(0)).contains(bytes("v" + i));
    }
    assertThat(peer.reads).hasValue(2);
  }

  /** One would end the thread's next wait, for its next request, before there is anything. */
  @Test
  void read_ofHolderAndWaiters_leavesNobodyAWakeUp() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          go.await();
          peer.honestly(command, output);
        };
    List<FutureTask<Thread>> readers = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      readers.add(
          reader(
              () -> {
                reads.read(names("a", "b"), soon());
                LockSupport.park();
                return Thread.currentThread();
              }));
    }
    Await.until("the first exchange is under way", () -> peer.reads.get() == 1);
    go.countDown();
    Await.until("all were read", () -> exchanges("read", "ok") >= 2);

    Thread.sleep(50);
    assertThat(readers).noneMatch(FutureTask::isDone);
  }

  @Test
  void read_othersCouldRun_goWithTheHolder() throws Exception {
    int rounds = 50;
    for (int round = 0; round < rounds; round++) {
      List<FutureTask<Reply>> others = new ArrayList<>();
      FutureTask<Reply> holder =
          reader(
              () -> {
                for (int i = 0; i < 8; i++) {
                  others.add(reader(() -> reads.read(names("a"), soon())));
                }
                return reads.read(names("b"), soon());
              });
      holder.get();
      for (FutureTask<Reply> other : others) {
        other.get();
      }
    }
    // one who is not let go first waits for a second exchange
    assertThat(exchanges("read", "ok")).isLessThan(1.8 * rounds);
  }

  @Test
  void read_moreWaitThanFit_areReadInTurn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger most = new AtomicInteger();
    peer.onRead =
        (command, output) -> {
          go.await();
          most.accumulateAndGet(command.size() - 1, Math::max);
          peer.honestly(command, output);
        };
    List<FutureTask<Reply>> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      readers.add(reader(() -> reads.read(names("a", "b", "c", "d", "e"), soon())));
    }
    go.countDown();

    for (FutureTask<Reply> reader : readers) {
      assertThat(reader.get()).isInstanceOf(Values.class);
    }
    assertThat(most.get()).isLessThanOrEqualTo(MAX_KEYS);
  }

  @Test
  void read_silentPeer_failsOnceInTimeThenIsBypassed() {
    peer.onRead = (command, output) -> {};
    peer.onPing = (command, output) -> {};

    long began = System.nanoTime();
    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(190), Duration.ofMillis(600));
    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.BYPASSED);
    assertThat(exchanges("read", "timeout")).isEqualTo(1);
  }

  @Test
  void read_tricklingPeer_failsInTime() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    peer.values.put("a", new byte[10_000]);
    peer.onRead =
        (command, output) -> {
          for (byte one : peer.array(command.subList(1, command.size()))) {
            write(output, new byte[] {one});
            if (stop.await(10, MILLISECONDS)) {
              return;
            }
          }
        };

    long began = System.nanoTime();
    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(600));
    stop.countDown();
  }

  @Test
  void read_ownDeadlineFirst_failsAtTheDeadline() {
    peer.onRead = (command, output) -> {};

    long began = System.nanoTime();
    Deadline deadline = Deadline.after(Duration.ofMillis(60), ticker.nanos());
    assertThat(reads.read(names("a"), deadline)).isEqualTo(Nothing.FAILED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(180));
  }

  @Test
  void read_deadlinePassed_doesNotAsk() {
    assertThat(reads.read(names("a"), new Deadline(ticker.nanos()))).isEqualTo(Nothing.BYPASSED);
    assertThat(peer.reads).hasValue(0);
    assertThat(reads.isOpen()).isTrue();
  }

  @Test
  void read_waitersDeadlineFirst_givesUpAndLeavesTheTurnToOthers() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          go.await();
          peer.honestly(command, output);
        };
    FutureTask<Reply> holder = reader(() -> reads.read(names("a"), soon()));
    Await.until("the first exchange is under way", () -> peer.reads.get() == 1);

    Deadline deadline = Deadline.after(Duration.ofMillis(40), ticker.nanos());
    assertThat(reads.read(names("b"), deadline)).isEqualTo(Nothing.FAILED);
    go.countDown();

    assertThat(holder.get()).isInstanceOf(Values.class);
    assertThat(reads.read(names("c"), soon())).isInstanceOf(Values.class);
    assertThat(peer.reads).hasValue(2);
  }

  @Test
  void read_turnPassed_failsAfterTheExchangeUnderWay() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          if (!never.await(3 * TIMEOUT.toMillis() / 4, MILLISECONDS)) {
            peer.honestly(command, output);
          }
        };
    String[] full = new String[MAX_KEYS];
    Arrays.fill(full, "a");
    List<FutureTask<Reply>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(reader(() -> reads.read(names(full), soon())));
    }

    int failed = 0;
    for (FutureTask<Reply> reader : readers) {
      failed += reader.get() == Nothing.FAILED ? 1 : 0;
    }
    // two exchanges take longer than the turn lasts
    assertThat(failed).isGreaterThanOrEqualTo(2);
  }

  @Test
  void read_waiterInterrupted_failsWithItsFlagSet() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          go.await();
          peer.honestly(command, output);
        };
    FutureTask<Reply> holder = reader(() -> reads.read(names("a"), soon()));
    Await.until("the first exchange is under way", () -> peer.reads.get() == 1);
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () ->
                reads.read(names("b"), soon()) == Nothing.FAILED
                    && Thread.currentThread().isInterrupted());
    Thread thread = Thread.ofVirtual().start(waiter);
    Await.until("it waits", () -> isParked(thread));
    thread.interrupt();

    assertThat(waiter.get()).isTrue();
    go.countDown();
    assertThat(holder.get()).isInstanceOf(Values.class);
  }

  @Test
  void read_failure_failsAllWhoWait() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    peer.onRead =
        (command, output) -> {
          go.await();
          output.close();
        };
    List<FutureTask<Reply>> readers = new ArrayList<>();
    readers.add(reader(() -> reads.read(names("a"), soon())));
    Await.until("the first exchange is under way", () -> peer.reads.get() == 1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FutureTask<Reply> reader = new FutureTask<>(() -> reads.read(names("b"), soon()));
      readers.add(reader);
      threads.add(Thread.ofVirtual().start(reader));
    }
    Await.until("all wait", () -> threads.stream().allMatch(RedisReadsTest::isParked));
    go.countDown();

    for (FutureTask<Reply> reader : readers) {
      assertThat(reader.get()).isEqualTo(Nothing.FAILED);
    }
    assertThat(peer.reads).hasValue(1);
  }

  @Test
  void read_cutReply_failsThenRecoversOnAFreshConnection() {
    peer.values.put("a", bytes("value"));
    peer.onRead =
        (command, output) -> {
          write(output, "*1\r\n$5\r\nval");
          output.close();
        };
    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);
    peer.onRead = peer::honestly;

    Await.until("the connection is open", reads::isOpen);
    assertThat(((Values) reads.read(names("a"), soon())).at(0)).contains(bytes("value"));
    assertThat(peer.connections).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "\r\n",
        "+OK\r\n",
        ":1\r\n",
        "$3\r\nabc\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n$-1\r\n$-1\r\n",
        "*1\r\n:7\r\n",
        "*1\r\n*1\r\n$1\r\na\r\n",
        "*1\r\n-ERR no\r\n",
        "*99999999999\r\n",
        "*-7\r\n",
        "*1\r\n$-9\r\n",
        "-LOADING Redis is loading the dataset in memory\r\n",
        "-READONLY You can't read here either\r\n",
        "-MASTERDOWN Link with MASTER is down\r\n",
        "-BUSY Redis is busy running a script\r\n",
        "-MOVED 3999 127.0.0.1:6381\r\n",
        "-MOVED\r\n",
        "-ASK 3999 127.0.0.1:6381\r\n",
        "-CROSSSLOT Keys in request don't hash to the same slot\r\n",
        "-CLUSTERDOWN The cluster is down\r\n",
        "-TRYAGAIN Multiple keys request during rehashing of slot\r\n",
        "-NOPERM this user has no permissions\r\n",
        "-NOAUTH Authentication required.\r\n",
        "-MISCONF no snapshots\r\n",
        "-\r\n"
      })
  void read_nonsense_fails(String nonsense) {
    peer.onRead = (command, output) -> write(output, nonsense);

    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);
  }

  @Test
  void read_arraysInArraysWithoutEnd_fails() {
    peer.onRead =
        (command, output) -> {
          byte[] opening = bytes("*1\r\n".repeat(1000));
          for (int i = 0; i < 1000; i++) {
            write(output, opening);
          }
        };

    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);
  }

  @Test
  void read_afterClose_isBypassed() {
    reads.close();

    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.BYPASSED);
  }

  @Test
  void read_connectionClosedWhileIdle_failsOnceThenRecovers() throws IOException {
    peer.closeConnections();
    assertThat(reads.read(names("a"), soon())).isEqualTo(Nothing.FAILED);

    Await.until("the connection is open", reads::isOpen);
    assertThat(reads.read(names("a"), soon())).isInstanceOf(Values.class);
  }

  @Test
  void read_aThousandReaders_getTheirOwnValues() throws Exception {
    for (int i = 0; i < 1000; i++) {
      peer.values.put("k" + i, bytes("v" + i));
    }
    List<FutureTask<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      readers.add(reader(() -> wrongAnswers(number)));
    }

    for (FutureTask<Integer> reader : readers) {
      assertThat(reader.get()).isZero();
    }
  }

  /** Reads often, now and then with little time; a failure is allowed, another's value is not. */
  private int wrongAnswers(int number) {
    int wrong = 0;
    for (int round = 0; round < 20; round++) {
      int other = (number + round) % 1000;
      Deadline deadline =
          Deadline.after(Duration.ofMillis(round % 7 == 0 ? 30 : 1000), ticker.nanos());
      if (reads.read(names("k" + number, "none", "k" + other), deadline) instanceof Values values
          && !(values.at(0).filter(v -> text(v).equals("v" + number)).isPresent()
              && values.at(1).isEmpty()
              && values.at(2).filter(v -> text(v).equals("v" + other)).isPresent())) {
        wrong++;
      }
    }
    return wrong;
  }

  private Deadline soon() {
    return Deadline.after(Duration.ofSeconds(5), ticker.nanos());
  }

  private double exchanges(String op, String outcome) {
    return registry.get("papi.redis").tag("op", op).tag("outcome", outcome).timer().count();
  }

  private static <T> FutureTask<T> reader(Callable<T> reading) {
    FutureTask<T> task = new FutureTask<>(reading);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static boolean isParked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static byte[][] names(String... names) {
    byte[][] all = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      all[i] = bytes(names[i]);
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
