package io.papi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service as a process of its own, started with the flags of {@code papi.jvm}, on free
 * ports, with a hundred customers alone unless the environment says otherwise. Thread-safe.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("target");
  private static final Duration START = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final int port;
  private final int adminPort;
  private final TestClient client;

  private ServiceProcess(Process process, Path log, int port, int adminPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.adminPort = adminPort;
    this.client = new TestClient(port, adminPort);
  }

  /**
   * Starts one and returns at once.
   *
   * @param directory for its log and its temporary files
   * @param options of the JVM, beside {@code papi.jvm}
   */
  public static ServiceProcess start(
      Path directory, Map<String, String> environment, String... options) {
    return start(List.of(), directory, environment, options);
  }

  /** Starts one that may have {@code descriptors} files and sockets open. */
  public static ServiceProcess startWithDescriptors(
      int descriptors, Path directory, Map<String, String> environment) {
    return startAfter("ulimit -n " + descriptors, directory, environment);
  }

  /** Starts one after {@code commands} of a shell, which see bytes where Java sees characters. */
  public static ServiceProcess startAfter(
      String commands, Path directory, Map<String, String> environment) {
    String started = commands + "; exec \"$@\"";
    return start(List.of("sh", "-c", started, "sh"), directory, environment);
  }

  /** Starts one as Maven does: the process that this stands for is its parent, a shell. */
  public static ServiceProcess startAsAChild(Path directory, Map<String, String> environment) {
    return start(
        List.of("sh", "-c", "\"$@\"; true", "sh"),
        directory,
        environment,
        "-Dpapi.ends-with-parent=true");
  }

  private static ServiceProcess start(
      List<String> runner, Path directory, Map<String, String> environment, String... options) {
    try {
      int port = Ports.free();
      int adminPort = Ports.free();
      List<String> command = new ArrayList<>(runner);
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.add("@" + TARGET.resolve("papi.jvm"));
      command.add("-Djava.io.tmpdir=" + directory);
      Collections.addAll(command, options);
      command.add("-jar");
      command.add(TARGET.resolve("papi.jar").toString());
      ProcessBuilder builder = new ProcessBuilder(command);
      Map<String, String> own = new HashMap<>();
      own.put("PAPI_ROWS", "100");
      own.put("PAPI_DATASETS_PRODUCT_ENABLED", "false");
      own.put("PAPI_DATASETS_STORE_ENABLED", "false");
      own.put("PAPI_PORT", Integer.toString(port));
      own.put("PAPI_ADMIN_PORT", Integer.toString(adminPort));
      own.putAll(environment);
      builder.environment().keySet().removeIf(name -> name.startsWith("PAPI_"));
      builder.environment().putAll(own);
      Path log = directory.resolve("service-" + port + ".log");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new ServiceProcess(process, log, port, adminPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it serves; ends it if it does not. */
  public ServiceProcess awaitServing() {
    try {
      Await.until("it serves", START, () -> log().contains("serving on port " + port));
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(log(), e);
    }
    return this;
  }

  public Process process() {
    return process;
  }

  /** Its one client, which is closed with it. */
  public TestClient client() {
    return client;
  }

  /** A client with connections of its own, closed by whoever asks for it. */
  public TestClient newClient() {
    return new TestClient(port, adminPort);
  }

  /** The whole lines that it has logged so far: who reads while it writes may see half of one. */
  public String log() {
    try {
      String text = Files.readString(log);
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    String[] kill = {"kill", "-" + name, Long.toString(process.pid())};
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  /** The status with which it ends by itself, soon. */
  public int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
    return process.exitValue();
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      client.close();
    }
  }
}
