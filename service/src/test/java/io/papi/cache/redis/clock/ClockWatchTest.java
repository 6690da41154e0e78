package io.papi.cache.redis.clock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.cache.redis.clock.Clocks.Instance;
import io.papi.cache.redis.connection.FakeRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each order of a jump, of those who notice it, and of those who come. */
@Timeout(60)
final class ClockWatchTest {
  private static final Duration BACK = Duration.ofSeconds(-14);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MARGIN_MILLIS = 110;

  private final Clocks clocks = new Clocks(1);
  private final Instance first = clocks.start(1).look();

  ClockWatchTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    clocks.close();
  }

  @Test
  void look_nothingHappens_keepsTheTimeline() {
    Stamp stamp = first.stamp();
    for (int i = 0; i < 100; i++) {
      clocks.pass(SECOND);
      first.look();
    }
    assertThat(first.counts(stamp)).isTrue();
    assertThat(first.ageMillis(stamp)).isBetween(100_000L, 100_000 + MARGIN_MILLIS);
    assertThat(first.jumps()).isZero();
  }

  @Test
  void look_secondOfOneMachine_sharesAtOnce() {
    Instance second = clocks.start(1).look();

    assertThat(second.counts(first.stamp())).isTrue();
    assertThat(first.counts(second.stamp())).isTrue();
  }

  @Test
  void look_secondOfAnotherMachine_sharesOnceTheFirstHasLooked() {
    Instance second = clocks.start(2).look();
    assertThat(second.counts(first.stamp())).isFalse();

    round(first, second);
    round(first, second);

    assertThat(second.counts(first.stamp())).isTrue();
    assertThat(first.counts(second.stamp())).isTrue();
  }

  @Test
  void look_machinesUnknown_shareAllTheSame() {
    Instance second = clocks.startOnUnknownMachine(1).look();
    Instance third = clocks.startOnUnknownMachine(1).look();
    assertThat(second.counts(first.stamp())).isFalse();

    round(first, second, third);
    round(first, second, third);

    assertThat(third.counts(second.stamp())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, -14_000, -200, 200, 14_000, 3_600_000})
  void look_jump_leavesTheTimeline_andCountsIt(long millis) {
    Stamp before = first.stamp();
    clocks.jump(Duration.ofMillis(millis));
    clocks.pass(SECOND);
    // until it looks it is right without knowing
    assertThat(first.ageMillis(before)).isBetween(1_000L, 1_000 + MARGIN_MILLIS);

    first.look();

    assertThat(first.counts(before)).isFalse();
    assertThat(first.guessedMillis(before)).isGreaterThanOrEqualTo(1_000);
    assertThat(first.jumps()).isOne();
    Stamp after = first.stamp();
    clocks.pass(SECOND);
    first.look();
    assertThat(first.counts(after)).isTrue();
    assertThat(first.ageMillis(after)).isBetween(1_000L, 1_000 + MARGIN_MILLIS);
    assertThat(first.jumps()).isOne();
  }

  @Test
  void look_jumpSeenByOne_othersLeaveTheTimelineToo() {
    Instance second = clocks.start(1).look();
    clocks.jump(BACK);
    clocks.pass(SECOND);
    first.look();
    Stamp after = first.stamp();
    // the second has not looked: it writes and reads by the old one, which is right
    Stamp late = second.stamp();
    assertThat(second.counts(after)).isFalse();
    assertThat(first.counts(late)).isFalse();
    assertThat(first.guessedMillis(late)).isGreaterThanOrEqualTo(0);

    second.look();

    assertThat(second.counts(late)).isFalse();
    assertThat(second.counts(after)).isTrue();
  }

  @Test
  void look_jumpSeenByBothAtOnce_shareOneTimelineSoon() {
    Instance second = clocks.start(2).look();
    round(first, second);
    round(first, second);
    clocks.jump(BACK);
    for (int i = 0; i < 4; i++) {
      round(first, second);
    }
    assertThat(first.counts(second.stamp())).isTrue();
    assertThat(first.jumps()).isOne();
  }

  /** The newcomer cannot see the jump: it has never seen the clock before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void look_newcomerAfterAJumpThatNobodyHasSeen_doesNotShare(int machine) {
    Stamp before = first.stamp();
    clocks.pass(Duration.ofSeconds(16));
    first.look();
    clocks.jump(BACK);

    Instance newcomer = clocks.start(machine).look();

    assertThat(newcomer.counts(before)).isFalse();
    for (int i = 0; i < 4; i++) {
      round(first, newcomer);
      assertThat(newcomer.counts(before)).isFalse();
    }
    assertThat(newcomer.counts(first.stamp())).isTrue();
  }

  @Test
  void look_startedAgainOnTheSameMachine_findsItsRowsFresh() {
    Stamp before = first.stamp();
    first.close();
    clocks.pass(Duration.ofSeconds(40));

    Instance again = clocks.start(1).look();

    assertThat(again.counts(before)).isTrue();
    assertThat(again.ageMillis(before)).isBetween(40_000L, 40_000 + MARGIN_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void look_startedAgainAfterAJumpThatNobodySaw_neverSharesAndTakesOver(int machine) {
    Stamp before = first.stamp();
    first.close();
    clocks.pass(Duration.ofSeconds(14));
    clocks.jump(BACK);

    Instance again = clocks.start(machine).look();
    for (int i = 0; i <= ClockWatch.PATIENCE; i++) {
      assertThat(again.counts(before)).isFalse();
      round(again);
    }

    Instance second = clocks.start(machine).look();
    assertThat(second.counts(again.stamp())).isTrue();
    assertThat(second.counts(before)).isFalse();
  }

  @Test
  void look_startedOnAnotherMachineWhileNobodyWatches_takesOver() {
    Stamp before = first.stamp();
    first.close();
    Instance other = clocks.start(2).look();
    for (int i = 0; i <= ClockWatch.PATIENCE; i++) {
      round(other);
    }
    assertThat(other.counts(before)).isFalse();
    Instance third = clocks.start(2).look();
    assertThat(third.counts(other.stamp())).isTrue();
  }

  /** The beat of a look before the jump, written after it. */
  @Test
  void look_beatThatComesLate_isNoProof() {
    Instance newcomer = clocks.start(2);
    clocks.redis().onPing =
        (command, output) -> {
          if (name(command).equals("HSET")) {
            clocks.redis().onPing = clocks.redis()::honestly;
            clocks.jump(BACK);
            newcomer.look();
            clocks.pass(SECOND);
            newcomer.look();
          }
          clocks.redis().honestly(command, output);
        };
    clocks.pass(SECOND);
    Stamp before = first.stamp();
    first.look();
    clocks.pass(SECOND);
    newcomer.look();

    assertThat(newcomer.counts(before)).isFalse();
  }

  @Test
  void look_jumpWithinASlowLookOfAWatcher_isNoBeatForANewcomer() {
    clocks.pass(SECOND);
    clocks.jump(Duration.ofMillis(-800));
    Instance newcomer = clocks.start(2).look();
    clocks.pass(SECOND);
    newcomer.look();

    slowly(first);
    clocks.pass(SECOND);
    newcomer.look();

    assertThat(newcomer.counts(first.stamp())).isFalse();
  }

  @Test
  void look_jumpWithinTheSlowLooksOfANewcomer_provesNothing() {
    Instance newcomer = clocks.start(2).look();
    clocks.jump(Duration.ofMillis(-800));
    clocks.pass(SECOND);
    first.look();
    clocks.pass(SECOND);
    first.look();

    for (int i = 0; i < 3; i++) {
      slowly(newcomer);
      clocks.pass(SECOND);
      first.look();
    }

    assertThat(newcomer.counts(first.stamp())).isFalse();
  }

  @Test
  void look_keysFlushed_putsThemBack() {
    Stamp before = first.stamp();
    clocks.redis().clock.clear();
    round(first);
    assertThat(first.counts(before)).isTrue();
    assertThat(clocks.start(1).look().counts(before)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "junk", "0123456789ABCDEF", "0123456789abcdef0"})
  void look_junkForTheTimeline_isReplaced(String junk) {
    Stamp before = first.stamp();
    clocks.redis().clock.put("papi:clock", junk);
    round(first);
    assertThat(first.counts(before)).isTrue();
    assertThat(clocks.start(1).look().counts(before)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "x y z", "99999999999999999999 1 m", "9 1", "9  machine 1"})
  void look_junkForTheBeat_isNoProof(String junk) {
    String hash = "papi:clock:" + clocks.redis().clock.get("papi:clock") + " beat";
    clocks.redis().clock.put(hash, junk);

    assertThat(clocks.start(1).look().counts(first.stamp())).isFalse();
  }

  /** An earlier timeline's id comes back, as with a replica that had not heard of the jump. */
  @Test
  void look_earlierTimelineComesBack_isNotTakenForProof() {
    String earlier = clocks.redis().clock.getOrDefault("papi:clock", "");
    Stamp before = first.stamp();
    clocks.jump(BACK);
    round(first);
    clocks.redis().clock.put("papi:clock", earlier);
    for (int i = 0; i < 10; i++) {
      round(first);
      assertThat(first.counts(before)).isFalse();
    }
    assertThat(clocks.start(1).look().counts(first.stamp())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "SET", "HINCRBY", "HSET", "HGET", "PEXPIRE"})
  void look_keysRefused_countsByItself(String refused) throws Exception {
    try (Clocks others = new Clocks(2)) {
      others.redis().onPing =
          (command, output) -> {
            if (name(command).equals(refused)) {
              FakeRedis.write(output, "-NOPERM no permissions to run the command\r\n");
            } else {
              others.redis().honestly(command, output);
            }
          };
      Instance alone = others.start(1).look();
      Stamp stamp = alone.stamp();
      for (int i = 0; i < 20; i++) {
        others.pass(SECOND);
        alone.look();
      }
      assertThat(alone.counts(stamp)).isTrue();
      others.jump(BACK);
      others.pass(SECOND);
      alone.look();
      assertThat(alone.counts(stamp)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "*0\r\n",
        "*2\r\n$1\r\nx\r\n$1\r\n0\r\n",
        "*2\r\n$2\r\n-1\r\n$1\r\n0\r\n",
        "*2\r\n$1\r\n1\r\n$7\r\n1000000\r\n",
        "*2\r\n$19\r\n9223372036854775807\r\n$1\r\n0\r\n",
        "-NOPERM no\r\n"
      })
  void look_noTime_isAFailure(String nonsense) {
    clocks.redis().onPing =
        (command, output) -> {
          if (name(command).equals("TIME")) {
            FakeRedis.write(output, nonsense);
          } else {
            clocks.redis().honestly(command, output);
          }
        };

    assertThatThrownBy(first::look).hasRootCauseInstanceOf(Exception.class);
  }

  @Test
  void look_noRightToTime_namesIt() {
    refuse("TIME", "NOPERM this user has no permissions to run the 'time' command");

    assertThatThrownBy(first::look)
        .cause()
        .hasMessageStartingWith("the user lacks the right to TIME (ACL: +time): NOPERM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEL", "GET", "HINCRBY", "HGET"})
  void look_serverIsAReplica_isAFailure(String command) {
    round(first);
    refuse(command, "READONLY You can't write against a read only replica.");

    assertThatThrownBy(first::look).cause().hasMessageContaining("READONLY");
  }

  @Test
  void look_firstOneAtAReplica_isAFailure() throws Exception {
    try (Clocks others = new Clocks(2)) {
      others.redis().role = "slave";

      assertThatThrownBy(others.start(1)::look).cause().hasMessageContaining("replica");
    }
  }

  private void refuse(String refused, String reply) {
    clocks.redis().onPing =
        (command, output) -> {
          if (name(command).equals(refused)) {
            FakeRedis.write(output, "-" + reply + "\r\n");
          } else {
            clocks.redis().honestly(command, output);
          }
        };
  }

  private static String name(List<byte[]> command) {
    return new String(command.getFirst(), UTF_8);
  }

  /** Has a process look in an exchange that takes two seconds. */
  private void slowly(Instance process) {
    clocks.redis().onPing =
        (command, output) -> {
          clocks.pass(SECOND);
          clocks.redis().honestly(command, output);
          clocks.pass(SECOND);
        };
    process.look();
    clocks.redis().onPing = clocks.redis()::honestly;
  }

  private void round(Instance... all) {
    clocks.pass(SECOND);
    for (Instance process : all) {
      process.look();
    }
  }
}
