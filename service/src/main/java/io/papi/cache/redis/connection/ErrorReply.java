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
  NOT_PRIMARY,

  /** The server answers nobody for now: it loads its data, or runs a script that takes long. */
  NOT_READY,

  /** The password or the user is not accepted, or one is missing, or no stranger is. */
  NOT_LET_IN,

  /** The server shares its keys with others, and expects a client that knows which has which. */
  CLUSTER,

  /**
   * The server does not write: its last snapshot failed, it has no memory left, or too few replicas
   * follow. {@code MISCONF} refuses {@code PING} too, which says nothing about reads.
   */
  NO_WRITES,

  /** The user may not run this command, or may not use its key. */
  NO_RIGHT,

  /** Anything else; it speaks for its command alone. */
  OTHER;

  private static final Set<Command> WITHOUT_KEYS =
      Set.of(Command.AUTH, Command.SELECT, Command.TIME, Command.INFO);

  private static final int MAX_TEXT = 200;

  /** The meaning of what Redis said. */
  public static ErrorReply of(JedisDataException reply) {
    return of(String.valueOf(reply.getMessage()));
  }

  static ErrorReply of(String said) {
    return switch (said.split(" ", 2)[0]) {
      case "READONLY", "MASTERDOWN", "UNBLOCKED", "NOWRITE" -> NOT_PRIMARY;
      case "LOADING", "BUSY" -> NOT_READY;
      case "NOAUTH", "WRONGPASS", "DENIED" -> NOT_LET_IN;
      case "MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN", "TRYAGAIN" -> CLUSTER;
      case "MISCONF", "OOM", "NOREPLICAS" -> NO_WRITES;
      case "NOPERM" -> NO_RIGHT;
      case "ERR" -> isAboutThePassword(said) ? NOT_LET_IN : OTHER;
      default -> OTHER; // there are more words than we know
    };
  }

  /** As it was said before there were words for it. */
  private static boolean isAboutThePassword(String said) {
    return said.startsWith("ERR invalid password")
        || said.startsWith("ERR AUTH")
        || said.startsWith("ERR Client sent AUTH");
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
