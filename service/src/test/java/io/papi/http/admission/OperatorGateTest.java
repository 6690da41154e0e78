package io.papi.http.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.papi.caller.Callers;
import io.papi.caller.KeyHash;
import io.papi.http.exchange.ProblemException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorGateTest {
  private static final String KEY = "the operators' key";
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.7", 40_000);
  private final OperatorGate gate = gate(List.of(KeyHash.of("another"), KeyHash.of(KEY)));

  private static OperatorGate gate(List<KeyHash> keys) {
    return new OperatorGate(keys, Callers.anybody(true).unnamed());
  }

  private static WritableHeaders<?> headers(String... keys) {
    WritableHeaders<?> headers = WritableHeaders.create();
    for (String key : keys) {
      headers.add(HeaderNames.AUTHORIZATION, "Bearer " + key);
    }
    return headers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void enter_fromThisMachine_needsNoKey(String address) {
    assertThat(gate.enter(new InetSocketAddress(address, 40_000), headers())).isNotNull();
  }

  @Test
  void enter_fromElsewhereWithAKey_isLetIn() {
    assertThat(gate.enter(ELSEWHERE, headers(KEY)).caller()).isSameAs(gate.unnamed());
  }

  @Test
  void enter_fromElsewhereWithoutAKey_isRefused() {
    assertRefused(gate, headers());
    assertRefused(gate(List.of()), headers());
  }

  @Test
  void enter_wrongKey_isRefused() {
    assertRefused(gate, headers("wrong"));
    assertRefused(gate, headers(""));
    assertRefused(gate, headers(KEY, "wrong"));
    assertRefused(gate(List.of()), headers(KEY));
  }

  private static void assertRefused(OperatorGate gate, WritableHeaders<?> headers) {
    assertThatThrownBy(() -> gate.enter(ELSEWHERE, headers))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status().code()).isEqualTo(401));
  }
}
