package io.papi.testing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The sessions of a stand-in, by their tokens. Thread-safe. */
final class StandInSessions {
  private static final String STATEMENT_TIMEOUT = "STATEMENT_TIMEOUT_IN_SECONDS";

  /** Snowflake's own: two days. */
  private static final int DEFAULT_TIMEOUT = 172_800;

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final Set<String> withoutWarehouse = ConcurrentHashMap.newKeySet();

  /** What a session has asked for. */
  record Session(String warehouse, ArrayNode parameters, int timeoutSeconds) {
    private static final Session UNKNOWN =
        new Session("WH", new JsonMapper().createArrayNode(), DEFAULT_TIMEOUT);

    /**
     * What a sign-in asks for.
     *
     * @param place in its address
     * @param signIn in its body
     */
    static Session of(Map<String, String> place, JsonNode signIn) {
      JsonNode set = signIn.path("SESSION_PARAMETERS");
      return new Session(
          place.getOrDefault("warehouse", "WH"),
          SessionParameters.of(set),
          set.path(STATEMENT_TIMEOUT).asInt(DEFAULT_TIMEOUT));
    }

    /** How long a statement may take: its own timeout goes before that of the session. */
    Duration timeout(JsonNode request) {
      return Duration.ofSeconds(
          request.path("parameters").path(STATEMENT_TIMEOUT).asInt(timeoutSeconds));
    }
  }

  /** The token of a new session. */
  String open(Session session) {
    String token = "session-" + UUID.randomUUID();
    sessions.put(token, session);
    valid.add(token);
    return token;
  }

  /** Another token of a session, even of one that the stand-in before this one has opened. */
  String renew(String token) {
    return open(sessions.getOrDefault(token, Session.UNKNOWN));
  }

  Session get(String token) {
    Session session = sessions.get(token);
    if (session == null) {
      throw new IllegalArgumentException("no session has the token " + token);
    }
    return session;
  }

  /** Whether a session has the dropped warehouse, or had it: it never gets it back. */
  boolean hasNoWarehouse(String token, String dropped) {
    if (!dropped.isEmpty() && get(token).warehouse().equals(dropped)) {
      withoutWarehouse.add(token);
    }
    return withoutWarehouse.contains(token);
  }

  /** Whether it was opened here, and not at a server that was here before. */
  boolean isKnown(String token) {
    return sessions.containsKey(token);
  }

  boolean isValid(String token) {
    return valid.contains(token);
  }

  void expire(String token) {
    valid.remove(token);
  }

  void expireAll() {
    valid.clear();
  }
}
