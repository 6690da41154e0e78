package io.papi.http.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.caller.KeyHash;
import io.papi.caller.NewKey;
import io.papi.http.admission.KeyRing.Held;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private final NewKey first = NewKey.random();
  private final NewKey second = NewKey.random();
  private final KeyRing<String> ring =
      new KeyRing<>(
          List.of(
              new Held<>(first.hash(), "braze", "first"),
              new Held<>(second.hash(), "braze", "second")));

  @Test
  void find_eachOfTwoKeys_opens() {
    assertThat(ring.find(List.of(List.of(Presented.of(first.text()))))).contains("first");
    assertThat(ring.find(List.of(List.of(Presented.of(second.text()))))).contains("second");
  }

  @Test
  void find_hashThatDiffersInOneBit_opensNothing() {
    BigInteger hash = new BigInteger(first.hash().hex(), 16);
    for (int bit = 0; bit < 256; bit++) {
      KeyHash other = KeyHash.ofHex("%064x".formatted(hash.flipBit(bit)));
      assertThat(other.isSame(first.hash())).as("bit " + bit).isFalse();
      KeyRing<String> others = new KeyRing<>(List.of(new Held<>(other, "braze", "other")));
      assertThat(others.find(List.of(List.of(Presented.of(first.text()))))).isEmpty();
    }
  }

  /** The last of two that fit is found, so the first of them has not ended the search. */
  @Test
  void find_keyThatFitsFirst_isComparedWithTheOthersToo() {
    KeyRing<String> twice =
        new KeyRing<>(
            List.of(
                new Held<>(first.hash(), "braze", "first"),
                new Held<>(first.hash(), "braze", "last")));
    assertThat(twice.find(List.of(List.of(Presented.of(first.text()))))).contains("last");
  }

  @Test
  void find_keyBesideAnotherCallersName_opensNothing() {
    assertThat(ring.find(List.of(List.of(Presented.of(first.text(), "braze"))))).contains("first");
    assertThat(ring.find(List.of(List.of(Presented.of(first.text(), "web"))))).isEmpty();
  }

  @Test
  void find_twoHeaders_openWithTheSameKeyOnly() {
    List<Presented> one = List.of(Presented.of(first.text()));
    assertThat(ring.find(List.of(one, one))).contains("first");
    assertThat(ring.find(List.of(one, List.of(Presented.of(second.text()))))).isEmpty();
    assertThat(ring.find(List.of(one, List.of(Presented.of("papi_unknown"))))).isEmpty();
    assertThat(ring.find(List.of())).isEmpty();
  }
}
