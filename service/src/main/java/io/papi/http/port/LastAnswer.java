package io.papi.http.port;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.exchange.ProtocolLimits;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * The same answer to every connection: a problem as soon as a request begins to arrive, and then
 * the end. Thread-safe.
 *
 * <p>What the caller still sends is read for a moment: closing a socket with unread bytes is a
 * reset, and then the caller may not see the answer.
 */
final class LastAnswer {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MAX_READ_BYTES = ProtocolLimits.MAX_REQUEST_LINE_BYTES;
  private static final byte[] HEAD = "HEAD ".getBytes(US_ASCII);

  private final ProblemWriter problems;
  private final Problem problem;
  private final Ticker ticker;

  LastAnswer(ProblemWriter problems, Problem problem, Ticker ticker) {
    this.problems = problems;
    this.problem = problem;
    this.ticker = ticker;
  }

  /** Answers in the calling thread and closes; takes at most a second. */
  void answer(SocketChannel accepted) {
    try (SocketChannel channel = accepted) {
      Socket socket = channel.socket();
      Deadline end = Deadline.after(PATIENCE, ticker.nanos());
      byte[] read = new byte[MAX_READ_BYTES];
      int length = read(socket, read, end);
      if (length > 0) {
        answer(socket, read, length, end);
      }
    } catch (IOException e) {
      // it has gone
    }
  }

  /**
   * The same, once a request's first bytes were read.
   *
   * @param begun begins with {@code length} of them
   */
  void answer(SocketChannel accepted, byte[] begun, int length) {
    try (SocketChannel channel = accepted) {
      answer(channel.socket(), begun, length, Deadline.after(PATIENCE, ticker.nanos()));
    } catch (IOException e) {
      // it has gone
    }
  }

  private void answer(Socket socket, byte[] read, int length, Deadline end) throws IOException {
    write(socket, startsWithHead(read, length));
    while (read(socket, read, end) > 0) {
      // until the caller has read its answer and closes
    }
  }

  /** Answers at once, without waiting for a request, and closes. */
  void answerNow(SocketChannel accepted) {
    try (SocketChannel channel = accepted) {
      write(channel.socket(), false);
    } catch (IOException e) {
      // it has gone
    }
  }

  /** Writes into the empty buffer of a new socket, which takes it without waiting. */
  private void write(Socket socket, boolean isHead) throws IOException {
    socket.getOutputStream().write(problems.lastMessage(problem, isHead));
    socket.shutdownOutput();
  }

  private int read(Socket socket, byte[] bytes, Deadline end) throws IOException {
    long millis = Duration.ofNanos(end.remaining(ticker.nanos())).toMillis();
    if (millis <= 0) {
      return 0;
    }
    socket.setSoTimeout(Math.toIntExact(millis));
    InputStream input = socket.getInputStream();
    return input.read(bytes);
  }

  private static boolean startsWithHead(byte[] read, int length) {
    return length >= HEAD.length && Arrays.equals(read, 0, HEAD.length, HEAD, 0, HEAD.length);
  }
}
