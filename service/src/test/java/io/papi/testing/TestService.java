package io.papi.testing;

import io.papi.Service;
import io.papi.config.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A service in this process, on free ports. It serves the customers alone, from a small embedded
 * store and without Redis, unless the environment says otherwise.
 */
public final class TestService implements AutoCloseable {
  private final Service service;
  private final TestClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  private TestService(Service service) {
    this.service = service;
    this.client = new TestClient(service.port(), service.adminPort());
  }

  public static TestService start(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>();
    all.put("PAPI_PORT", "0");
    all.put("PAPI_ADMIN_PORT", "0");
    all.put("PAPI_ROWS", "2000");
    all.put("PAPI_REDIS", "off");
    all.put("PAPI_DATASETS_PRODUCT_ENABLED", "false");
    all.put("PAPI_DATASETS_STORE_ENABLED", "false");
    all.putAll(environment);
    return new TestService(new Service(Configuration.read(all)));
  }

  /** Its one client, which is closed with it. */
  public TestClient client() {
    return client;
  }

  /** A client of the port of the ingress, which the test closes. */
  public TestClient clientOfIngress() {
    return new TestClient(service.ingressPort().orElseThrow(), service.adminPort());
  }

  /** Where the callers' socket is. */
  public String address() {
    return "http://localhost:" + service.port();
  }

  /** Where the operators' socket is. */
  public String adminAddress() {
    return "http://localhost:" + service.adminPort();
  }

  /** Ends the service, once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (client) {
        service.close();
      }
    }
  }
}
