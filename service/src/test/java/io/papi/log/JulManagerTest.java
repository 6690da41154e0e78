package io.papi.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class JulManagerTest {
  @Test
  void reset_asTheJdkDoesAtTheShutdown_leavesTheHandlers() {
    JulManager manager = new JulManager();
    Logger logger = new Logger("io.papi.kept", null) {};
    Handler handler = new ConsoleHandler();
    logger.addHandler(handler);
    assertThat(manager.addLogger(logger)).isTrue();
    manager.reset();
    assertThat(logger.getHandlers()).containsExactly(handler);
  }
}
