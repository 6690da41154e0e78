package io.papi.testing;

import io.papi.Main;
import io.papi.config.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A service in this process, on free ports. It has a small embedded store and no Redis, unless the
 * environment says otherwise.
 */
public final class TestService implements AutoCloseable {
  private final Main main;
  private final TestClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  private TestService(Main main) {
    this.main = main;
    this.client = new TestClient(main.port(), main.adminPort());
  }

  public static TestService start(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>();
    all.put("PAPI_PORT", "0");
    all.put("PAPI_ADMIN_PORT", "0");
    all.put("PAPI_ROWS", "2000");
    all.put("PAPI_REDIS", "off");
    all.putAll(environment);
    return new TestService(new Main(Configuration.read(all)));
  }

  /** Its one client, which is closed with it. */
  public TestClient client() {
    return client;
  }

  /** Where the operators' socket is. */
  public String adminAddress() {
    return "http://localhost:" + main.adminPort();
  }

  /** Ends the service, once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (client) {
        main.close();
      }
    }
  }
}
