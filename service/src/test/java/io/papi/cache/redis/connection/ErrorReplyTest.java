package io.papi.cache.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

final class ErrorReplyTest {

  @ParameterizedTest
  @CsvSource({
    "READONLY You can't write against a read only replica., NOT_PRIMARY",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'., NOT_PRIMARY",
    "'UNBLOCKED force unblock from blocking operation, instance state changed', NOT_PRIMARY",
    "NOWRITE You can't write against a non-write redis., NOT_PRIMARY",
    "LOADING Redis is loading the dataset in memory, NOT_READY",
    "BUSY Redis is busy running a script. You can only call SCRIPT KILL, NOT_READY",
    "NOAUTH Authentication required., NOT_LET_IN",
    "WRONGPASS invalid username-password pair or user is disabled., NOT_LET_IN",
    "ERR invalid password, NOT_LET_IN",
    "ERR AUTH <password> called without any password configured, NOT_LET_IN",
    "'ERR Client sent AUTH, but no password is set', NOT_LET_IN",
    "DENIED Redis is running in protected mode, NOT_LET_IN",
    "MOVED 3999 127.0.0.1:6381, CLUSTER",
    "ASK 3999 127.0.0.1:6381, CLUSTER",
    "CROSSSLOT Keys in request don't hash to the same slot, CLUSTER",
    "CLUSTERDOWN Hash slot not served, CLUSTER",
    "TRYAGAIN Multiple keys request during rehashing of slot, CLUSTER",
    "MISCONF Redis is configured to save RDB snapshots, NO_WRITES",
    "OOM command not allowed when used memory > 'maxmemory'., NO_WRITES",
    "NOREPLICAS Not enough good replicas to write., NO_WRITES",
    "NOPERM this user has no permissions to run the 'time' command, NO_RIGHT",
    "ERR max number of clients reached, OTHER",
    "WRONGTYPE Operation against a key holding the wrong kind of value, OTHER",
    "BUSYKEY Target key name already exists., OTHER",
    "READONLYISH, OTHER",
    "'', OTHER"
  })
  void of_whatRedisSays_isItsMeaning(String said, ErrorReply meaning) {
    assertThat(ErrorReply.of(new JedisDataException(said))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_PRIMARY, true",
    "NOT_READY, true",
    "NOT_LET_IN, true",
    "CLUSTER, true",
    "NO_WRITES, false",
    "NO_RIGHT, false",
    "OTHER, false"
  })
  void endsConnection_ofEachMeaning(ErrorReply meaning, boolean ends) {
    assertThat(meaning.endsConnection()).isEqualTo(ends);
  }

  @Test
  void text_missingRight_namesIt() {
    JedisDataException reply = new JedisDataException("NOPERM no permissions");

    assertThat(ErrorReply.text(Command.TIME, reply)).contains("the right to TIME (ACL: +time)");
    assertThat(ErrorReply.text(Command.DEL, reply))
        .contains("the right to DEL (ACL: +del ~papi:*)");
  }

  /** A server that does not know a command repeats what was sent with it. */
  @Test
  void text_unknownCommand_doesNotRepeatWhatWasSent() {
    JedisDataException reply =
        new JedisDataException(
            "ERR unknown command 'AUTH', with args beginning with: 'papi' 's3cret' ");

    assertThat(ErrorReply.text(Command.AUTH, reply)).isEqualTo("AUTH: ERR unknown command 'AUTH'");
  }

  @Test
  void text_longAndWithLineBreaks_isOneLineOfBoundedLength() {
    JedisDataException reply = new JedisDataException("ERR \n\u001b[31m" + "x".repeat(10_000));

    assertThat(ErrorReply.text(Command.GET, reply))
        .hasSizeLessThan(300)
        .doesNotContain("\n")
        .doesNotContain("\u001b");
  }
}
