package io.papi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that speaks as much of the protocol of Snowflake's driver as a point lookup needs, over
 * plain HTTP, with another database behind it; it misbehaves on command. Thread-safe.
 *
 * <p>It is made from what the driver sends and reads, not from Snowflake: it shows what the service
 * does with its driver, not what Snowflake does.
 */
public final class SnowflakeStandIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnowflakeStandIn.class);
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final String SESSION_EXPIRED = "390112";
  private static final String SESSION_GONE = "390111";
  private static final String TOKEN_INVALID = "390195";
  private static final int ABORTED = 604;
  private static final int TIMED_OUT = 630;
  private static final int NO_WAREHOUSE = 606;
  private static final String STOPPED = "57014";
  private static final String NOT_RUNNING = "57P03";
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** What goes wrong with a statement. */
  public enum Fault {
    /** No answer until {@link SnowflakeStandIn#release}. */
    HANG,
    /** HTTP 503. */
    UNAVAILABLE,
    /** HTTP 429. */
    THROTTLED,
    /** The server says that the session's token has expired; it accepts a renewed one. */
    SESSION_EXPIRED,
    /** The server says that the session is gone for good. */
    SESSION_GONE,
    /** The connection is closed in the middle of an answer. */
    CUT,
    /** An answer that is no JSON. */
    GARBAGE,
    /** JSON that is no answer. */
    NOT_AN_ANSWER
  }

  private final H2Answers answers;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Fault> nextFaults = new ConcurrentLinkedQueue<>();
  private final StandInSessions sessions = new StandInSessions();
  private final RunningStatements running = new RunningStatements();
  private final ResultChunks chunks = new ResultChunks();
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> bindings = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> signIns = new ConcurrentLinkedQueue<>();
  private final Queue<String> warehouses = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  private volatile Optional<Fault> lasting = Optional.empty();
  private volatile String lastingPart = "";
  private volatile Predicate<JsonNode> accepts = signIn -> true;
  private volatile SignInRefusal refusal =
      new SignInRefusal(TOKEN_INVALID, signIn -> "the token was rejected");
  private volatile Duration slowness = Duration.ZERO;
  private volatile String slowPart = "";
  private volatile String deadWarehouse = "";
  private volatile int inlineRows = Integer.MAX_VALUE;
  private volatile int chunkRows = Integer.MAX_VALUE;
  private volatile Duration slownessOfChunks = Duration.ZERO;

  private SnowflakeStandIn(DataSource database, int port) throws IOException {
    this.answers = new H2Answers(database);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A server on a free port. */
  public static SnowflakeStandIn start(DataSource database) {
    return start(database, 0);
  }

  public static SnowflakeStandIn start(DataSource database, int port) {
    try {
      return new SnowflakeStandIn(database, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The environment of a service that has this server for its store. */
  public Map<String, String> environment() {
    return Map.of(
        "PAPI_STORE", "snowflake",
        "SNOWFLAKE_ACCOUNT", "standin",
        "SNOWFLAKE_HOST", "127.0.0.1",
        "SNOWFLAKE_PORT", String.valueOf(port()),
        "SNOWFLAKE_PROTOCOL", "http",
        "SNOWFLAKE_USER", "papi",
        "SNOWFLAKE_PASSWORD", "open sesame");
  }

  /** Lets the next statements go wrong, one after the other. */
  public void next(Fault... faults) {
    nextFaults.addAll(List.of(faults));
  }

  /** Lets every statement go wrong, until {@link #behave}. */
  public void always(Fault fault) {
    always(fault, "");
  }

  /** Lets every statement take this long from now on. */
  public void take(Duration duration) {
    take(duration, "");
  }

  /** Lets every statement take this long whose text contains {@code part}. */
  public void take(Duration duration, String part) {
    slowPart = part;
    slowness = duration;
  }

  /**
   * Takes a warehouse away: sign-ins that ask for it go on, and their statements fail. An empty
   * name gives it back, to new sessions alone.
   */
  public void drop(String warehouse) {
    deadWarehouse = warehouse;
  }

  /**
   * Gives only the first rows with an answer, from now on: the driver has to fetch the others.
   *
   * @param slowness how long that takes, each time
   */
  public void split(int inlineRows, Duration slowness) {
    this.inlineRows = inlineRows;
    slownessOfChunks = slowness;
  }

  /** The same, in parts of so many rows. */
  public void split(int inlineRows, int chunkRows) {
    this.inlineRows = inlineRows;
    this.chunkRows = chunkRows;
  }

  /** How often the driver has asked for later rows. */
  public int chunksAsked() {
    return chunks.asked();
  }

  /** Breaks off in the middle of later rows, after so many more parts. */
  public void breakChunksAfter(int more) {
    chunks.breakAfter(more);
  }

  /** Ends what {@link #always} began. */
  public void behave() {
    lasting = Optional.empty();
  }

  /** Lets statements that hang go on. */
  public void release() {
    running.release();
  }

  /** Lets the token of every session expire; renewed ones are accepted. */
  public void expireSessions() {
    sessions.expireAll();
  }

  /** Refuses from now on every sign-in that {@code signIn} does not accept. */
  public void acceptOnly(Predicate<JsonNode> signIn) {
    accepts = signIn;
  }

  /**
   * Refuses from now on every sign-in.
   *
   * @param code one of Snowflake's
   * @param message made from what was sent, which real servers repeat now and then
   */
  public void refuse(String code, Function<JsonNode, String> message) {
    refusal = new SignInRefusal(code, message);
    accepts = signIn -> false;
  }

  /** How a sign-in is refused. */
  private record SignInRefusal(String code, Function<JsonNode, String> message) {}

  /** Shows a column with another of Snowflake's types than its H2 type stands for. */
  public void present(String column, String type) {
    answers.present(column, type);
  }

  /**
   * Shows text that is no number in the column {@code spoilt}, in the rows whose {@code key} is
   * among {@code values}.
   */
  public void spoil(String key, Set<String> values, String spoilt) {
    answers.spoil(key, values, spoilt);
  }

  /** Lets every statement go wrong whose text contains {@code part}, until {@link #behave}. */
  public void always(Fault fault, String part) {
    lastingPart = part;
    lasting = Optional.of(fault);
  }

  /** The texts of all statements, in order; one that the driver repeats is there twice. */
  public Queue<String> statements() {
    return statements;
  }

  /** The bindings of all statements, in order. */
  public Queue<JsonNode> bindings() {
    return bindings;
  }

  /** All requests for a statement, in order. */
  public Queue<JsonNode> requests() {
    return requests;
  }

  /** The data of all sign-ins, in order. */
  public Queue<JsonNode> signIns() {
    return signIns;
  }

  /** The warehouses of all sign-ins, in order; empty where none was asked for. */
  public Queue<String> warehouses() {
    return warehouses;
  }

  /** How often a path was called. */
  public int calls(String path) {
    AtomicInteger count = calls.get(path);
    return count == null ? 0 : count.get();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    calls.computeIfAbsent(path, unseen -> new AtomicInteger()).incrementAndGet();
    try (exchange) {
      JsonNode request = read(exchange);
      if (path.startsWith(ResultChunks.PATH)) {
        running.await(path, slownessOfChunks, FOR_EVER);
        chunk(exchange, path);
        return;
      }
      switch (path) {
        case "/session/v1/login-request" ->
            reply(exchange, 200, signIn(query(exchange), request.path("data")));
        case "/session/token-request" -> reply(exchange, 200, renewed(request));
        case "/queries/v1/query-request" -> query(exchange, request);
        case "/queries/v1/abort-request" -> {
          running.abort(request.path("requestId").asString());
          reply(exchange, 200, success(MAPPER.createObjectNode()));
        }
        default -> reply(exchange, 200, success(MAPPER.createObjectNode()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the stand-in failed at {}", path, e);
      throw e;
    }
  }

  private void chunk(HttpExchange exchange, String path) throws IOException {
    Optional<String> rows = chunks.ask(path);
    if (rows.isPresent()) {
      write(exchange, 200, rows.get().getBytes(UTF_8));
    } else {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("[\"1".getBytes(UTF_8));
    }
  }

  private ObjectNode signIn(Map<String, String> place, JsonNode data) {
    signIns.add(data);
    warehouses.add(place.getOrDefault("warehouse", ""));
    if (!accepts.test(data)) {
      return failure(refusal.code(), refusal.message().apply(data));
    }
    ObjectNode answer = MAPPER.createObjectNode();
    StandInSessions.Session session = StandInSessions.Session.of(place, data);
    answer.put("token", sessions.open(session)).put("masterToken", "master-" + UUID.randomUUID());
    answer.put("validityInSeconds", 3600).put("masterValidityInSeconds", 14_400);
    answer.put("serverVersion", "9.0.0").put("sessionId", "1");
    answer.set("sessionInfo", sessionInfo(place));
    answer.set("parameters", session.parameters());
    return success(answer);
  }

  private static ObjectNode sessionInfo(Map<String, String> place) {
    return MAPPER
        .createObjectNode()
        .put("databaseName", place.getOrDefault("databaseName", "API"))
        .put("schemaName", place.getOrDefault("schemaName", "DATA"))
        .put("warehouseName", place.getOrDefault("warehouse", "WH"))
        .put("roleName", place.getOrDefault("roleName", "PUBLIC"));
  }

  private ObjectNode renewed(JsonNode request) {
    if (!sessions.isKnown(request.path("oldSessionToken").asString())) {
      return failure(SESSION_GONE, "the session is another server's");
    }
    return success(
        MAPPER
            .createObjectNode()
            .put("sessionToken", sessions.renew(request.path("oldSessionToken").asString()))
            .put("masterToken", "master-" + UUID.randomUUID())
            .put("validityInSecondsST", 3600)
            .put("validityInSecondsMT", 14_400));
  }

  private void query(HttpExchange exchange, JsonNode request)
      throws IOException, InterruptedException {
    statements.add(request.path("sqlText").asString());
    bindings.add(request.path("bindings"));
    requests.add(request);
    String session = session(exchange);
    Fault fault = nextFaults.poll();
    if (fault == null) {
      boolean isMeant = request.path("sqlText").asString().contains(lastingPart);
      fault = isMeant ? lasting.orElse(null) : null;
    }
    if (!sessions.isKnown(session)) {
      reply(exchange, 200, failure(SESSION_GONE, "the session is another server's"));
    } else if (!sessions.isValid(session)) {
      reply(exchange, 200, failure(SESSION_EXPIRED, "the session's token has expired"));
    } else if (sessions.hasNoWarehouse(session, deadWarehouse)) {
      reply(exchange, 200, failed(NO_WAREHOUSE, NOT_RUNNING, "No active warehouse selected"));
    } else if (fault == null) {
      boolean isSlow = request.path("sqlText").asString().contains(slowPart);
      answerAfter(isSlow ? slowness : Duration.ZERO, exchange, request);
    } else {
      switch (fault) {
        case HANG -> answerAfter(FOR_EVER, exchange, request);
        case UNAVAILABLE -> reply(exchange, 503, MAPPER.createObjectNode());
        case THROTTLED -> reply(exchange, 429, MAPPER.createObjectNode());
        case SESSION_EXPIRED -> {
          sessions.expire(session);
          reply(exchange, 200, failure(SESSION_EXPIRED, "the session's token has expired"));
        }
        case SESSION_GONE -> reply(exchange, 200, failure(SESSION_GONE, "the session is gone"));
        case CUT -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("{\"data\":{\"rowtype\":[{".getBytes(UTF_8));
        }
        case GARBAGE -> {
          byte[] page = "<html>at your service</html>".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
        }
        case NOT_AN_ANSWER -> reply(exchange, 200, MAPPER.createObjectNode().put("code", "1"));
      }
    }
  }

  /** Answers after so long, unless the statement's time is up before, or it is cancelled. */
  private void answerAfter(Duration duration, HttpExchange exchange, JsonNode request)
      throws IOException, InterruptedException {
    if (duration.isZero()) {
      answer(exchange, request);
      return;
    }
    Duration timeout = sessions.get(session(exchange)).timeout(request);
    switch (running.await(requireNonNull(query(exchange).get("requestId")), duration, timeout)) {
      case DONE -> answer(exchange, request);
      case TIMED_OUT -> reply(exchange, 200, failed(TIMED_OUT, STOPPED, timeout + " is up"));
      case ABORTED -> reply(exchange, 200, failed(ABORTED, STOPPED, "SQL execution canceled"));
    }
  }

  private void answer(HttpExchange exchange, JsonNode request) throws IOException {
    StandInSessions.Session session = sessions.get(session(exchange));
    ObjectNode answer;
    try {
      ObjectNode result = answers.query(request);
      chunks.split(result, inlineRows, chunkRows, port());
      result.set("parameters", session.parameters());
      result.put("finalWarehouseName", session.warehouse());
      answer = success(result);
    } catch (SQLException e) {
      answer = failed(e.getErrorCode(), e.getSQLState(), String.valueOf(e.getMessage()));
    }
    reply(exchange, 200, answer);
  }

  /** The failure of a statement. */
  private static ObjectNode failed(int code, String state, String message) {
    ObjectNode answer = failure(String.valueOf(code), message);
    answer.putObject("data").put("errorCode", code).put("sqlState", state).put("queryId", "q");
    return answer;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String query = requireNonNullElse(exchange.getRequestURI().getQuery(), "");
    for (String parameter : query.split("&", -1)) {
      int end = parameter.indexOf('=');
      if (end > 0) {
        parameters.put(parameter.substring(0, end), parameter.substring(end + 1));
      }
    }
    return parameters;
  }

  /** The token in {@code Authorization: Snowflake Token="…"}. */
  private static String session(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header.substring(header.indexOf('"') + 1, header.lastIndexOf('"'));
  }

  private static JsonNode read(HttpExchange exchange) throws IOException {
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream raw = exchange.getRequestBody();
    try (InputStream body = packed ? new GZIPInputStream(raw) : raw) {
      byte[] bytes = body.readAllBytes();
      return bytes.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(bytes);
    }
  }

  private static void reply(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    write(exchange, status, MAPPER.writeValueAsBytes(answer));
  }

  private static void write(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static ObjectNode success(ObjectNode data) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.set("data", data);
    return answer.put("success", true).putNull("code").putNull("message");
  }

  private static ObjectNode failure(String code, String message) {
    return MAPPER
        .createObjectNode()
        .putNull("data")
        .put("success", false)
        .put("code", code)
        .put("message", message);
  }
}
