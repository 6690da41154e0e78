package io.papi.loadtest.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Reads a cursor of H2 row by row, and copies the columns' strings to a socket between constant
 * bytes: no service can do less for the same answer.
 *
 * <p>What comes between the strings is made once for each answer. Nothing is escaped, so the rows
 * must have nothing that asks for it, nor NULL; one answer is given at a time, and its end is that
 * of the connection.
 */
public final class CursorLoop {
  private static final int BUFFER = 64 * 1024;
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n".getBytes(UTF_8);

  private CursorLoop() {}

  /**
   * Serves until it is ended. {@code format=xml} in a request asks for XML, else it is JSON; {@code
   * /} is empty.
   *
   * @param args the port, a script that fills the database, and a query of two whole numbers:
   *     greater than the first, and not than the second
   */
  public static void main(String[] args) throws IOException, SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:mem:loop;LAZY_QUERY_EXECUTION=1");
        ServerSocket server =
            new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
      try (var statement = connection.createStatement()) {
        statement.execute(Files.readString(Path.of(args[1])));
      }
      while (true) {
        try (Socket socket = server.accept()) {
          answer(socket, connection, args[2]);
        } catch (IOException e) {
          System.err.println("a reader has gone: " + e.getMessage());
        }
      }
    }
  }

  private static void answer(Socket socket, Connection connection, String sql)
      throws IOException, SQLException {
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    String line = reader.readLine();
    String request = line == null ? "" : line;
    while (line != null && !line.isEmpty()) {
      line = reader.readLine();
    }
    try (OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
      out.write(HEAD);
      if (!request.startsWith("GET / ")) {
        copy(connection, sql, request.contains("format=xml"), out);
      }
    }
  }

  private static void copy(Connection connection, String sql, boolean isXml, OutputStream out)
      throws IOException, SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, 0);
      statement.setLong(2, Long.MAX_VALUE);
      try (ResultSet rows = statement.executeQuery()) {
        byte[][] between = between(rows.getMetaData(), isXml);
        byte[] separator = (isXml ? "" : ",").getBytes(UTF_8);
        out.write(
            (isXml ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?><records>" : "[").getBytes(UTF_8));
        for (boolean isFirst = true; rows.next(); isFirst = false) {
          if (!isFirst) {
            out.write(separator);
          }
          for (int column = 1; column < between.length; column++) {
            out.write(between[column - 1]);
            out.write(rows.getString(column).getBytes(UTF_8));
          }
          out.write(between[between.length - 1]);
        }
        out.write((isXml ? "</records>" : "]").getBytes(UTF_8));
      }
    }
  }

  /** What comes before the first column, between two, and after the last. */
  private static byte[][] between(ResultSetMetaData columns, boolean isXml) throws SQLException {
    int count = columns.getColumnCount();
    byte[][] between = new byte[count + 1][];
    String end = isXml ? "<record>" : "{";
    for (int column = 1; column <= count; column++) {
      String name = columns.getColumnLabel(column);
      String quote = columns.getColumnType(column) == Types.VARCHAR ? "\"" : "";
      String begin = isXml ? "<" + name + ">" : "\"" + name + "\":" + quote;
      between[column - 1] = (end + begin).getBytes(UTF_8);
      end = isXml ? "</" + name + ">" : quote + (column < count ? "," : "");
    }
    between[count] = (end + (isXml ? "</record>" : "}")).getBytes(UTF_8);
    return between;
  }
}
