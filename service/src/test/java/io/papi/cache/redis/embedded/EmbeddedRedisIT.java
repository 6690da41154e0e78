package io.papi.cache.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@Timeout(120)
final class EmbeddedRedisIT {
  private static final String PID = "pid ";

  /** A service of its own, which starts a Redis and waits to be killed. */
  static final class Service {
    private Service() {}

    public static void main(String[] arguments) throws IOException {
      EmbeddedRedis.start(Path.of(arguments[0]), 8, _ -> {})
          .ifPresent(redis -> System.out.println(PID + redis.pid()));
      System.in.transferTo(System.out);
    }
  }

  @TempDir Path temporary = Path.of("");

  @Test
  void start_here_answersWithinItsBounds() {
    try (EmbeddedRedis redis = start();
        Jedis jedis = new Jedis(redis.uri())) {
      jedis.set("k", "v");
      assertThat(jedis.get("k")).isEqualTo("v");
      assertThat(jedis.configGet("maxmemory")).containsValue("8388608");
      assertThat(jedis.configGet("maxmemory-policy")).containsValue("allkeys-lfu");
      assertThat(jedis.configGet("save")).containsValue("");
      assertThat(jedis.configGet("bind")).containsValue("127.0.0.1");
    }
  }

  @Test
  void start_here_showsThePasswordNowhere() throws IOException {
    try (EmbeddedRedis redis = start()) {
      String password = redis.uri().getUserInfo().substring(1);
      ProcessHandle.Info info = ProcessHandle.of(redis.pid()).orElseThrow().info();
      assertThat(info.commandLine().orElse("")).doesNotContain(password);
      assertThat(redis.toString()).doesNotContain(password);
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(password);
        }
      }
      try (Stream<Path> directories = Files.list(temporary)) {
        for (Path directory : directories.filter(Files::isDirectory).toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
              .isEqualTo("rwx------");
        }
      }
    }
  }

  @Test
  void close_running_endsItAndLeavesNothing() throws IOException {
    EmbeddedRedis redis = start();
    long pid = redis.pid();
    redis.close();

    assertThat(isAlive(pid)).isFalse();
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(file -> file.toString().contains("redis-server"))).isEmpty();
    }
  }

  @Test
  void pid_afterItDied_isOfANewOneOnTheSamePort() {
    try (EmbeddedRedis redis = start()) {
      long first = redis.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Await.until("it is started again", () -> redis.pid() != first);

      try (Jedis jedis = new Jedis(redis.uri())) {
        assertThat(jedis.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void start_anotherRuns_leavesIt() throws Exception {
    try (EmbeddedRedis _ = start()) {
      Process service = service();
      try (BufferedReader output = service.inputReader()) {
        long theirs = pid(output);
        try (EmbeddedRedis second = start()) {
          assertThat(isAlive(second.pid())).isTrue();
          assertThat(isAlive(theirs)).isTrue();
        }
        ProcessHandle.of(theirs).ifPresent(ProcessHandle::destroyForcibly);
      } finally {
        service.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void start_afterAServiceWasKilled_endsItsRedis() throws Exception {
    start().close();
    Process service = service();
    long theirs;
    try (BufferedReader output = service.inputReader()) {
      theirs = pid(output);
      service.destroyForcibly().waitFor();
    }
    assertThat(isAlive(theirs)).isTrue();

    try (EmbeddedRedis ours = start()) {
      Await.until("theirs is ended", () -> !isAlive(theirs));
      assertThat(isAlive(ours.pid())).isTrue();
    }
  }

  @Test
  void start_directoryIsAFile_isEmpty() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThat(EmbeddedRedis.start(file, 8, _ -> {})).isEmpty();
  }

  @Test
  void start_closedByItsOwnerFirst_opensNothing() throws IOException {
    assertThat(EmbeddedRedis.start(temporary, 8, EmbeddedRedisIT::closeAtOnce)).isEmpty();
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
  }

  private static void closeAtOnce(AutoCloseable owned) {
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void start_noMemory_throws() {
    assertThatThrownBy(() -> EmbeddedRedis.start(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("megabytes");
  }

  private EmbeddedRedis start() {
    return EmbeddedRedis.start(temporary, 8, _ -> {})
        .orElseGet(() -> abort("no embedded Redis here"));
  }

  private Process service() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            Service.class.getName(),
            temporary.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What the other service prints among its log lines. */
  private static long pid(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith(PID))
        .mapToLong(line -> Long.parseLong(line.substring(PID.length())))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
