package io.papi.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTableTest {
  private final Handler root = (_, _) -> {};
  private final Handler body = (_, _) -> {};
  private final Handler byEmail = (_, _) -> {};
  private final Handler byId = (_, _) -> {};
  private final Handler nothing = (_, _) -> {};
  private final RouteTable table = table();

  private RouteTable table() {
    RouteTable.Builder routes = new RouteTable.Builder();
    routes.add(RoutePath.of("/"), root);
    routes.add(RoutePath.of("/customer"), body);
    routes.add(RoutePath.under("/customer/by-email/"), byEmail);
    routes.add(RoutePath.under("/customer/"), byId);
    return routes.build(nothing);
  }

  @Test
  void route_knownPaths_findsTheFirstThatMatches() {
    assertThat(table.route("/")).isSameAs(root);
    assertThat(table.route("/customer")).isSameAs(body);
    assertThat(table.route("/customer/")).isSameAs(byId);
    assertThat(table.route("/customer/1")).isSameAs(byId);
    assertThat(table.route("/customer/by-email")).isSameAs(byId);
    assertThat(table.route("/customer/by-email/a")).isSameAs(byEmail);
  }

  /** Also in spellings of a known path that are not its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "//",
        "/customers",
        "/customers/1",
        "//customer/1",
        "/%63ustomer/1",
        "/customer;a/1",
        "/Customer/1",
        "customer/1",
        "/customer%2F1",
        "/./customer/1"
      })
  void route_anotherPath_findsNothing(String path) {
    assertThat(table.route(path)).isSameAs(nothing);
  }
}
