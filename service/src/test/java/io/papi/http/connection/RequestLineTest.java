package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.papi.http.exchange.Refusal;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET /customer/1,2;x=1:@!$&'()*+-._~ HTTP/1.1",
        "GET /customer/%2C%c3%A4%00 HTTP/1.1",
        "GET /customer/a..b HTTP/1.1",
        "GET //customer/1 HTTP/1.1",
        "GET /? HTTP/1.1",
        "GET /customer/1?100%&%zz[]{}|\\^`?/ HTTP/1.1",
        "M-SEARCH / HTTP/1.1",
        "X!#$%&'*+-.^_`|~9 / HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT /customer/1 HTTP/1.1",
        // the version is not looked at here
        "GET / HTTP/1.0",
        "GET / what ever",
      })
  void checked_requestLine_isTheSame(String line) {
    byte[] bytes = bytes(line);
    assertThat(RequestLine.checked(bytes)).isSameAs(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "GET http://papi/customer/1?x=% HTTP/1.1,GET /customer/1?x=% HTTP/1.1",
    "HEAD HTTPS://Other.Example:8443/ HTTP/1.1,HEAD / HTTP/1.1",
    "GET http://papi HTTP/1.1,GET / HTTP/1.1",
    "GET http://papi?x HTTP/1.1,GET /?x HTTP/1.1",
    "GET http://[::1]:80/customer/1 HTTP/1.1,GET /customer/1 HTTP/1.1",
    "GET http://papi//customer/1 HTTP/1.1,GET //customer/1 HTTP/1.1",
    "GET http://papi/http://papi/ HTTP/1.1,GET /http://papi/ HTTP/1.1",
  })
  void checked_absoluteForm_isTheOriginForm(String line, String origin) {
    assertThat(RequestLine.checked(bytes(line))).isEqualTo(bytes(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "GET",
        "GET ",
        "GET /",
        "GET  / HTTP/1.1",
        " GET / HTTP/1.1",
        " / HTTP/1.1",
        "\tGET / HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET /\tHTTP/1.1",
        "G@T / HTTP/1.1",
        "G\u0000T / HTTP/1.1",
        "G\u007fT / HTTP/1.1",
        "G\u00c9T / HTTP/1.1",
        "\nGET / HTTP/1.1",
        "get / HTTP/1.1",
        "Get / HTTP/1.1",
        "GET customer/1 HTTP/1.1",
        "GET ? HTTP/1.1",
        "GET * HTTP/1.1",
        "OPTIONS *? HTTP/1.1",
        "OPTIONS ** HTTP/1.1",
        "OPTIONS *",
        "GET /customer/1# HTTP/1.1",
        "GET /customer/1#f HTTP/1.1",
        "GET /customer/1?x#f HTTP/1.1",
        "GET /customer/1|2 HTTP/1.1",
        "GET /customer/\\ HTTP/1.1",
        "GET /customer/[1] HTTP/1.1",
        "GET /customer/\u00e9 HTTP/1.1",
        "GET /customer/\u0000 HTTP/1.1",
        "GET /customer/1\n HTTP/1.1",
        "GET /customer/1% HTTP/1.1",
        "GET /customer/1%3 HTTP/1.1",
        "GET /customer/1%3g HTTP/1.1",
        "GET /customer/1%",
        "GET /customer/1?\u0001 HTTP/1.1",
        "GET /customer/1?\u007f HTTP/1.1",
        "GET /customer/1?\u00e9 HTTP/1.1",
        "GET /customer/1?\"<> HTTP/1.1",
        "GET ftp://papi/customer/1 HTTP/1.1",
        "GET http:/customer/1 HTTP/1.1",
        "GET http:customer HTTP/1.1",
        "GET http:///customer/1 HTTP/1.1",
        "GET http://?x HTTP/1.1",
        "GET http:// HTTP/1.1",
        "GET http://name@papi/customer/1 HTTP/1.1",
        "GET http://papi\\customer/1 HTTP/1.1",
        "GET http://papi/customer/1#f HTTP/1.1",
        "GET http://papi",
        "GET papi:8001 HTTP/1.1",
        "CONNECT papi:8001 HTTP/1.1",
      })
  void checked_anythingElse_isRefused(String line) {
    assertThatThrownBy(() -> RequestLine.checked(bytes(line)))
        .asInstanceOf(InstanceOfAssertFactories.type(RequestException.class))
        .returns(Status.BAD_REQUEST_400, RequestException::status)
        .returns(Refusal.MALFORMED, e -> Refusal.of(e.request(), e.status()));
  }

  private static byte[] bytes(String line) {
    return line.getBytes(ISO_8859_1);
  }
}
