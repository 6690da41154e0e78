package io.papi.loadtest.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Helidon with the settings of the service's own ports, whose answers never change: no work behind
 * it can be faster.
 *
 * <p>The settings are written here a second time, because the service shows them to nobody: a
 * change there is made here too. What the service does around its lookup is left out, for that is
 * what the comparison measures: no watch over slow callers, no request ids, no problems, no timers;
 * a path is found by its name alone.
 *
 * <p>For each recorded answer {@code <name>} there are {@code /headers/<name>} with all its headers
 * and {@code /bare/<name>} with its type alone.
 */
public final class Constant {
  /** Of the request line, and of the headers. */
  private static final int MAX_BYTES = 16_384;

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  private Constant() {}

  /**
   * Serves until it is ended. System properties change two settings: {@code tcp-no-delay}, which is
   * {@code true} in the service, and {@code use-nio}, which is {@code false}.
   *
   * @param args the port, and a directory of recorded answers: {@code <name>.body}, and {@code
   *     <name>.headers} with a {@code Name: value} in each line
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    HttpRouting.Builder routing = HttpRouting.builder();
    try (var recorded = Files.newDirectoryStream(directory, "*.body")) {
      for (Path file : recorded) {
        String name = file.getFileName().toString().replace(".body", "");
        byte[] body = Files.readAllBytes(file);
        List<Header> headers = headers(directory.resolve(name + ".headers"));
        routing.get("/headers/" + name, handler(headers, body));
        routing.get("/bare/" + name, handler(List.of(JSON), body));
      }
    }
    WebServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(Integer.parseInt(args[0]))
        .update(Constant::configure)
        .routing(routing)
        .build()
        .start();
  }

  private static void configure(WebServerConfig.Builder server) {
    server
        .connectionOptions(SocketOptions.builder().tcpNoDelay(isOn("tcp-no-delay", true)).build())
        .maxPayloadSize(0)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            Http1ConnectionSelector.builder()
                .config(
                    Http1Config.builder()
                        .maxPrologueLength(MAX_BYTES)
                        .maxHeadersSize(MAX_BYTES)
                        .sendKeepAliveHeader(false)
                        .validateResponseHeaders(false)
                        .build())
                .build())
        // Blocking sockets are the faster ones under virtual threads.
        .useNio(isOn("use-nio", false));
  }

  private static boolean isOn(String property, boolean byDefault) {
    return Boolean.parseBoolean(System.getProperty(property, Boolean.toString(byDefault)));
  }

  private static Handler handler(List<Header> headers, byte[] body) {
    return (_, response) -> {
      for (Header header : headers) {
        response.header(header);
      }
      response.send(body);
    };
  }

  private static List<Header> headers(Path file) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line : Files.readAllLines(file, ISO_8859_1)) {
      int colon = line.indexOf(": ");
      headers.add(
          HeaderValues.createCached(
              HeaderNames.create(line.substring(0, colon)), line.substring(colon + 2)));
    }
    return headers;
  }
}
