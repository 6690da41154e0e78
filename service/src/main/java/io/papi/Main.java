package io.papi;

import io.papi.caller.NewKey;
import io.papi.config.Configuration;
import io.papi.config.tree.ConfigurationException;
import io.papi.http.port.CannotListenException;
import io.papi.log.JulManager;
import io.papi.log.Logs;
import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.CannotLoadException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: it reads the configuration, starts the {@link Service}, ends it at a signal, and
 * says in its exit status whether something was wrong.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  /**
   * Serves until a signal comes; ends with status 1 if the service cannot start or go on.
   *
   * @param args none, or {@code new-key}: then a key for a caller is printed, and nothing served
   */
  public static void main(String[] args) {
    switch (List.of(args)) {
      case List<String> none when none.isEmpty() -> serve();
      case List<String> command when command.equals(List.of("new-key")) -> printKey();
      default -> {
        System.err.println("usage: java -jar papi.jar [new-key]");
        System.exit(WRONG_USAGE);
      }
    }
  }

  /** The key is shown this once, and kept nowhere. */
  private static void printKey() {
    NewKey key = NewKey.random();
    System.out.println("key, for the caller:            " + key.text());
    System.out.println("hash, for callers' keys-sha256: " + key.hash().hex());
  }

  private static void serve() {
    // Before anything logs.
    System.setProperty("java.util.logging.manager", JulManager.class.getName());
    // Before anything looks a name up, which logging does.
    HostNames.forgetSoon();
    Logger log = LoggerFactory.getLogger(Main.class);
    Logs.takeInJul();
    Parts parts = new Parts();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "shutdown"));
    } catch (IllegalStateException e) {
      // it has been asked to end already
      return;
    }
    ParentWatch.start();
    try {
      Configuration configuration = Configuration.read(System.getenv());
      SystemProperties.set(configuration.logFormat());
      Service service = new Service(configuration, parts);
      log.info(
          "serving on port {}, health and metrics on port {}", service.port(), service.adminPort());
      log.error("ending: {}", service.awaitFailure());
      System.exit(FAILED);
    } catch (Parts.ClosedException e) {
      // A signal ends the process: it waits for the hook, and its status is the signal's.
      log.info("ended before it was ready");
    } catch (ConfigurationException
        | CannotLoadException
        | SchemaMismatchException
        | CannotListenException e) {
      log.error("refusing to start: {}", e.getMessage());
      System.exit(FAILED);
    }
  }
}
