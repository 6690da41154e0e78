package io.papi.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Recognized;
import io.papi.lookup.Requester;
import io.papi.lookup.Ticker;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that knows since when its caller has owed the rest of a request's head, or has not
 * taken an answer. It ends when caller or server has said so (RFC 9112, section 9.6), which the
 * server itself leaves to the caller.
 *
 * <p>Its thread alone reads, writes and is told of heads; another asks whether it is late.
 */
public final class WatchedConnection extends ForwardedConnection {
  private static final long NOT_IDLE = 0;
  private static final byte[] NO_BODY = {};
  private static final byte[] CHUNK_BEGIN = {'1', '\r', '\n'};

  private final Wire wire;
  private final BrowserGuard guard;
  private final Waiting waiting;
  private final RequestReader reader;
  private final WatchedWriter writer;
  private final AnswerWriter answers;
  private final BodyReader bodies;
  private final Peer peer;
  private final Requester requester = new Requester();
  private final Yielder yielder;

  /** The request whose headers are being read. Of the connection's thread. */
  private @Nullable HttpPrologue begun;

  /** The body of the request that was read last. Of the connection's thread. */
  private byte[] body = NO_BODY;

  /** Of the connection's thread. */
  private @Nullable Recognized recognized;

  /** Whether no more requests are taken. Of the connection's thread. */
  private boolean ending;

  /** Whether the answer that is being sent has no length. Of the connection's thread. */
  private boolean withoutLength;

  /** Whether an answer was broken off. Of the connection's thread. */
  private boolean broken;

  /** Whether its socket was closed by another than its own thread. */
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param guard of the port
   * @param bodies of the port
   */
  public WatchedConnection(
      ConnectionContext accepted, Wire wire, BrowserGuard guard, Bodies bodies, Ticker ticker) {
    super(accepted);
    this.guard = guard;
    this.wire = wire;
    this.waiting = new Waiting(ticker);
    this.yielder = new Yielder(ticker);
    this.reader = new RequestReader(this::read);
    this.writer = new WatchedWriter(accepted.dataWriter());
    this.answers = new AnswerWriter(writer);
    this.bodies = new BodyReader(bodies, reader, writer);
    this.peer = new Peer(accepted.remotePeer(), this);
  }

  /** Whether a head has been owed for longer than {@code patience} nanoseconds. */
  boolean isHeadLate(long now, long patience) {
    return waiting.isHeadLate(now, patience);
  }

  /**
   * Whether an answer has been seen under way for longer than {@code patience} nanoseconds. To be
   * asked by one thread alone, at every look.
   */
  boolean isAnswerLate(long now, long patience) {
    return writer.isLate(now, patience);
  }

  /** Whether it has been idle for longer than {@code patience} nanoseconds. */
  boolean isIdleLate(long now, long patience) {
    return waiting.isIdleLate(now, patience);
  }

  /**
   * Since when it has been idle: nothing of a request is in hand, or it has said nothing yet. A
   * reading of the ticker; 0 if it is not idle.
   */
  long idleSince() {
    return waiting.idleSince();
  }

  /**
   * Whether it is idle and has been since {@code since}: its next request has not come either,
   * which its thread may not have seen yet. To be asked before it is closed: it makes a system
   * call.
   */
  boolean isIdleSince(long since) {
    return since != NOT_IDLE && idleSince() == since && !wire.hasUnread();
  }

  /**
   * Closes its socket, which makes its thread end it. To be called by other threads.
   *
   * @return false if that has been done before
   */
  public boolean closeSocket() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    try {
      serverSocket().close();
    } catch (UncheckedIOException e) {
      // its own thread was first
    }
    return true;
  }

  /**
   * Closes its socket in the middle of an answer, so that its caller takes no part for the whole.
   * To be called by other threads.
   *
   * @return false if it has been closed before
   */
  public boolean cut() {
    wire.endWithReset();
    return closeSocket();
  }

  /**
   * Ends it if it has been idle for longer than {@code patience} nanoseconds. By other threads.
   *
   * <p>That is how a server that is closing ends those who have nothing to ask. Whoever asks is
   * told in the answer that it is the last; one who was answered a moment before knows nothing of
   * that, and may have sent the next request already.
   */
  public void endIfIdle(long now, long patience) {
    long since = idleSince();
    if (since != NOT_IDLE && now - since > patience && isIdleSince(since)) {
      closeSocket();
    }
  }

  /**
   * Does what comes before the first request, for which the caller has no more time than for its
   * head.
   *
   * @throws CloseConnectionException if there will be no request
   */
  public void begin() {
    wire.begin();
  }

  /** Tells the caller that nothing will follow, unless it must not take an answer for whole. */
  public void end() {
    if (!broken) {
      writer.watched(wire::end);
    }
  }

  /** A request line was read. */
  void requestBegun(HttpPrologue prologue) {
    checkOpen();
    begun = prologue;
  }

  /**
   * A request's headers were read. Its body, if it has one, is read now, and owed as its head was.
   *
   * @throws io.helidon.http.RequestException if it is not to be routed
   */
  void requestRead(WritableHeaders<?> headers) {
    HttpPrologue prologue = begun;
    begun = null;
    waiting.paid();
    reader.headersRead();
    if (prologue != null) {
      RequestHead.check(prologue, headers, guard);
      body = bodies.read(prologue, headers);
      waiting.paid();
    }
    // not before: the body of the last request is still to be read
    ending = RequestHead.saysClose(headers);
    reader.bodyRead();
  }

  /** Whose key the last request had that had one. */
  @Nullable Recognized recognized() {
    return recognized;
  }

  void recognize(Recognized now) {
    recognized = now;
  }

  /** The body of the request that is being answered. */
  byte[] requestBody() {
    return body;
  }

  /** An answer with these headers is being sent. */
  void answered(WritableHeaders<?> headers) {
    ending |= RequestHead.saysClose(headers);
    answers.endWithHead(reader.isHead());
    dropBody();
    if (withoutLength) {
      headers.remove(HeaderNames.CONTENT_LENGTH);
    }
  }

  /** Who asks through this connection, for whatever is shared fairly between connections. */
  Requester requester() {
    return requester;
  }

  /** Sends {@code body} behind the head of {@code response}, in one write unless it is large. */
  void send(ServerResponse response, Body body) {
    answers.sendWith(body, response::send);
  }

  /**
   * Sends the head of {@code response}, which has no body and no length: the server would send a
   * length of 0, as if a 200 were empty (RFC 9110, section 8.6).
   */
  void sendHead(ServerResponse response) {
    withoutLength = true;
    try {
      response.send();
    } finally {
      withoutLength = false;
    }
  }

  /** Begins a chunk that never comes. */
  void breakOff() {
    broken = true;
    try {
      answers.write(BufferData.create(CHUNK_BEGIN));
    } catch (SocketWriterException | UncheckedIOException e) {
      // the caller has gone, too
    }
  }

  /** It has ended. By its own thread. */
  public void ended() {
    dropBody();
  }

  private void dropBody() {
    bodies.release();
    body = NO_BODY;
  }

  private void checkOpen() {
    if (ending) {
      throw new CloseConnectionException("the last answer has been sent");
    }
  }

  private byte[] read() {
    checkOpen();
    if (reader.isIdle()) {
      waiting.idle();
      yielder.yieldToOthers();
    } else {
      waiting.owed();
    }
    try {
      byte[] bytes = serverSocket().get();
      if (bytes == null) {
        // also in the middle of a head, where the server would take it for a fault of its own
        throw new CloseConnectionException("the caller sends no more");
      }
      return bytes;
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection has failed", e);
    } finally {
      waiting.busy();
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return answers;
  }

  @Override
  public PeerInfo remotePeer() {
    return peer;
  }
}
