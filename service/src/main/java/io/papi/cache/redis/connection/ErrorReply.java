package io.papi.cache.redis.connection;

import java.util.Locale;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an error reply of Redis means for the connection, for reads and for writes. Here alone it is
 * decided whether a reply speaks for its command or for all that follow.
 *
 * <table>
 *   <caption>the meanings</caption>
 *   <tr><th>reply<th>connection<th>reads<th>writes
 *   <tr><td>{@link #NOT_PRIMARY}<td>left, opened anew by name<td>by-passed<td>wait
 *   <tr><td>{@link #NOT_READY}<td>left, opened anew<td>by-passed<td>wait
 *   <tr><td>{@link #NOT_LET_IN}<td>left, an error in the log<td>by-passed<td>wait
 *   <tr><td>{@link #CLUSTER}<td>left, an error in the log<td>by-passed<td>wait
 *   <tr><td>{@link #NO_WRITES}<td>kept<td>go on<td>fail, counted
 *   <tr><td>{@link #NO_RIGHT}, {@link #OTHER}<td>kept<td>go on, if it is not the read that is
 *       refused<td>fail, counted
 * </table>
 *
 * <p>A read that is refused leaves the connection, whatever the reply means: there is nothing else
 * to do with it.
 */
public enum ErrorReply {
  /**
   * The server is a replica, or has just become one. {@code MASTERDOWN} is one that has lost its
   * primary, {@code UNBLOCKED} ends what waits at a server that is demoted, {@code NOWRITE} is what
   * some hosted servers say for {@code READONLY}.
   */
  NOT_PRIMARY("READONLY", "MASTERDOWN", "UNBLOCKED", "NOWRITE"),

  /** The server answers nobody for now: it loads its data, or runs a script that takes long. */
  NOT_READY("LOADING", "BUSY"),

  /** The password or the user is not accepted, or one is missing, or no stranger is. */
  NOT_LET_IN("NOAUTH", "WRONGPASS", "DENIED"),

  /** The server shares its keys with others, and expects a client that knows which has which. */
  CLUSTER("MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN", "TRYAGAIN"),

  /**
   * The server does not write: its last snapshot failed, it has no memory left, or too few replicas
   * follow. {@code MISCONF} refuses {@code PING} too, which says nothing about reads.
   */
  NO_WRITES("MISCONF", "OOM", "NOREPLICAS"),

  /** The user may not run this command, or may not use its key. */
  NO_RIGHT("NOPERM"),

  /** Anything else; it speaks for its command alone. */
  OTHER;

  /** What was said before there were codes for it. */
  private static final Set<String> NOT_LET_IN_OF_OLD =
      Set.of("ERR invalid password", "ERR AUTH", "ERR Client sent AUTH");

  private static final Set<Command> WITHOUT_KEYS =
      Set.of(Command.AUTH, Command.SELECT, Command.TIME, Command.INFO);

  private static final int MAX_TEXT = 200;

  private final Set<String> codes;

  ErrorReply(String... codes) {
    this.codes = Set.of(codes);
  }

  /** The meaning of what Redis said. */
  public static ErrorReply of(JedisDataException reply) {
    return of(String.valueOf(reply.getMessage()));
  }

  static ErrorReply of(String said) {
    String code = said.split(" ", 2)[0];
    for (ErrorReply meaning : values()) {
      if (meaning.codes.contains(code)) {
        return meaning;
      }
    }
    return NOT_LET_IN_OF_OLD.stream().anyMatch(said::startsWith) ? NOT_LET_IN : OTHER;
  }

  /** Whether no command can be expected to work on this connection. */
  public boolean endsConnection() {
    return switch (this) {
      case NOT_PRIMARY, NOT_READY, NOT_LET_IN, CLUSTER -> true;
      case NO_WRITES, NO_RIGHT, OTHER -> false;
    };
  }

  /**
   * What Redis said, for the log: a missing right is named, and what was sent is cut off. A server
   * that does not know a command repeats its arguments, and these are passwords and rows.
   */
  public static String text(Command command, JedisDataException reply) {
    String plain = plain(String.valueOf(reply.getMessage()));
    return of(reply) == NO_RIGHT
        ? "the user lacks the right to " + command + " (ACL: " + right(command) + "): " + plain
        : command + ": " + plain;
  }

  /** What a server said, without what does not belong into a log. */
  static String plain(String said) {
    String known = said.split(", with args beginning with", 2)[0];
    String line = known.replaceAll("\\p{Cntrl}", " ");
    return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
  }

  private static String right(Command command) {
    String allowed = "+" + command.name().toLowerCase(Locale.ROOT);
    return WITHOUT_KEYS.contains(command) ? allowed : allowed + " ~papi:*";
  }
}
