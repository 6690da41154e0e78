package io.papi.store.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.query.Arguments;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import io.papi.rows.ValueKind;
import io.papi.store.ResultColumns;
import io.papi.store.Source;
import io.papi.store.StoreContact;
import io.papi.store.UnreadableRowException;
import io.papi.store.UnreadableRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * The answers of one query, from a SQL database: for each key, which is a tuple of parameter
 * values, one statement, and of its rows one JSON array.
 *
 * <p>An answer that is larger than its bounds, or has a value without a form in JSON, cannot be
 * shown: there is never a shorter one. The columns are those of the first contact. Thread-safe; as
 * many statements run as threads call.
 */
public final class QueryStore implements Source {
  private static final int USUAL_BYTES = 8 * 1024;

  private final Query query;
  private final Binds binds;
  private final AnswerColumns columns;
  private final UnreadableRows unreadable;
  private final Counter tooLarge;
  private final StoreContact contact;
  private final Ticker ticker;
  private final JsonFactory jsonFactory = new JsonFactory();

  public QueryStore(Query query, DataSource dataSource, MeterRegistry meters, Ticker ticker) {
    String name = query.name();
    this.query = query;
    String subject = "query " + name;
    this.binds = new Binds(query);
    this.columns = new AnswerColumns(query, subject, binds, meters);
    this.unreadable = new UnreadableRows(name, subject, meters, ticker);
    this.tooLarge =
        Counter.builder("papi.store.too.large")
            .description(
                "Answers that have more rows or bytes than they may, each time that the store was"
                    + " asked")
            .tag("dataset", name)
            .register(meters);
    this.contact = new StoreContact(name, subject, dataSource, meters, ticker);
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return query.name();
  }

  @Override
  public boolean check() {
    return columns.check(contact);
  }

  @Override
  public boolean isUp() {
    return contact.isUp();
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public List<ValueKind> kinds() {
    return columns.kinds();
  }

  @Override
  public Map<Key, Outcome> load(Set<Key> keys) {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    for (Key key : keys) {
      outcomes.putAll(
          contact.load(List.of(key), connection -> Map.of(key, answer(connection, key))));
    }
    return outcomes;
  }

  private Outcome answer(Connection connection, Key key) throws SQLException {
    ResultColumns known = columns.of(connection);
    long readAt = ticker.nanos();
    try (PreparedStatement statement = connection.prepareStatement(binds.sql(known.dialect()))) {
      statement.setQueryTimeout(query.limits().statementTimeoutSeconds());
      // One more than may be tells that there are too many; some databases hold them all first.
      statement.setMaxRows(query.limits().maxRows() + 1);
      binds.bind(statement, Arguments.of(key));
      readAt = ticker.nanos();
      try (ResultSet rows = statement.executeQuery()) {
        known.checkAll(rows.getMetaData());
        Optional<byte[]> json = json(rows, known);
        if (json.isPresent()) {
          return new Found(Row.loaded(json.get()), readAt, origin(readAt));
        }
      }
      tooLarge.increment();
      return new Unreadable(readAt, origin(readAt), Fault.TOO_LARGE);
    } catch (UnreadableRowException e) {
      StoreContact.throwIfLost(connection, e);
      unreadable.noForm(e);
    } catch (SQLException e) {
      if (!StoreContact.isDataException(e)) {
        throw e;
      }
      unreadable.noResult(e.getSQLState());
    }
    return new Unreadable(readAt, origin(readAt), Fault.VALUE);
  }

  private Origin origin(long readAt) {
    return Origin.of(Origin.Layer.STORE, ticker.nanos() - readAt);
  }

  /** The rows as an array; empty if that is larger than it may be. */
  private Optional<byte[]> json(ResultSet rows, ResultColumns known)
      throws SQLException, UnreadableRowException {
    QueryLimits limits = query.limits();
    ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_BYTES);
    int count = 0;
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      while (rows.next()) {
        if (++count > limits.maxRows() || bytes.size() > limits.maxBytes()) {
          return Optional.empty();
        }
        known.write(json, rows);
      }
      json.writeEndArray();
    }
    return Optional.of(bytes.toByteArray()).filter(all -> all.length <= limits.maxBytes());
  }

  @Override
  public String toString() {
    return "sql";
  }
}
