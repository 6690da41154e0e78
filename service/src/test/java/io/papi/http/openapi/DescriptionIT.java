package io.papi.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.DescriptionCheck;
import io.papi.testing.EveryKind;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of a service with everything that there can be, and its answers. */
final class DescriptionIT {
  @TempDir private static Path folder;

  private static TestService service;
  private static TestClient client;
  private static String description;

  @BeforeAll
  static void start() {
    service = EveryKind.start(folder);
    client = service.client();
    description = client.get("/openapi.json").body();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** An answer of each status and kind; the header is one that decides. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | / |",
        "200 | /openapi.json |",
        "200 | /openapi.yaml |",
        "200 | /customer/1 |",
        "200 | /customer/1,2?shape=map&missing=omit |",
        "200 | /customer/1?shape=object&view=mail |",
        "200 | /customer/999999 |",
        "200 | /customer/1?fields=C_FIRST_NAME | Cache-Control: no-cache",
        "200 | /tea/a1,b%2C2 |",
        "200 | /tea/none?shape=object |",
        "200 | /tea/name/Oolong,Sencha |",
        "200 | /tea/a1?shape=array | traceparent:"
            + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "200 | /shop/best?from_day=1995-01-01&to_day=1995-12-31 |",
        "200 | /snowpark/best |",
        "200 | /clerk/7/sales/1995 |",
        "200 | /types?f=true&d=12.5&o=red&format=json |",
        "200 | /types?f=true&format=csv |",
        "200 | /types?f=false | Accept: application/xml",
        "200 | /types?f=false | Accept: application/x-ndjson",
        "200 | /numbers |",
        "200 | /numbers?format=csv&limit=2 |",
        "200 | /numbers | Accept: application/xml",
        "304 | / | If-None-Match: *",
        "304 | /openapi.json | If-None-Match: *",
        "304 | /openapi.yaml | If-None-Match: *",
        "304 | /customer/1 | If-None-Match: *",
        "304 | /customer/999999 | If-None-Match: *",
        "304 | /shop/best?format=csv | If-None-Match: *",
        "400 | /customer/007 |",
        "400 | /customer/1,2,3,4,5,6 |",
        "400 | /customer/ |",
        "400 | /customer/1/2 |",
        "400 | /tea/a1?shape=tree |",
        "400 | /shop/best?day=1 |",
        "400 | /types |",
        "400 | /numbers?limit=-1 |",
        "404 | /customer/999999?missing=not-found |",
        "404 | /nothing |",
        "406 | /shop/best | Accept: image/png",
        "406 | /numbers | Accept: image/png",
        "412 | / | If-Match: x",
        "412 | /openapi.json | If-Match: x",
        "412 | /customer/1 | If-Match: x",
        "412 | /shop/best | If-Match: x",
        "422 | /few?to=4 |",
        "502 | /ratio?by=0 |"
      })
  void answer_ofGetAndHead_isAsDescribed(int status, String target, String header) {
    for (String method : new String[] {"GET", "HEAD"}) {
      HttpResponse<String> answer = send(method, target, header);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(check(description).allFaults(method, target, answer)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | /customer | {\"ids\":[1,\"2\"],\"shape\":\"map\",\"missing\":\"omit\"}",
        "200 | /customer | {\"ids\":[999999],\"view\":\"mail\"}",
        "200 | /tea | {\"ids\":[\"a1\",\"b,2\",7]}",
        "200 | /tea/name | {\"ids\":[\"Sencha\",\"none\"],\"shape\":\"array\"}",
        "400 | /customer | {\"ids\":[007]}",
        "404 | /customer | {\"ids\":[999999],\"missing\":\"not-found\"}",
      })
  void answer_ofPost_isAsDescribed(int status, String path, String body) {
    HttpResponse<String> answer = client.postJson(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(check(description).allFaults("POST", path, answer)).isEmpty();
    HttpResponse<String> text = client.post(path, body, "Content-Type", "text/plain");
    assertThat(text.statusCode()).isEqualTo(415);
    assertThat(check(description).allFaults("POST", path, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUERY", "TRACE", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "X-Y"})
  void otherMethods_onAnyPath_are405WithAllow(String method) {
    for (String target :
        new String[] {
          "/", "/customer/1", "/shop/best", "/numbers", "/openapi.json", "/docs", "/no"
        }) {
      HttpResponse<String> answer = client.send(method, target);
      assertThat(answer.statusCode()).as(target).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(check(description).allFaults(method, target, answer)).isEmpty();
    }
  }

  @Test
  void description_inYaml_isTheSame() {
    JsonNode yaml = new YAMLMapper().readTree(client.get("/openapi.yaml").body());
    assertThat(yaml).isEqualTo(tree());
  }

  @Test
  void description_hasATag_thatStaysTheSame() {
    String tag = client.get("/openapi.json").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = client.get("/openapi.json", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  /** A header, a status or a media type less, and the check of the same answer finds it. */
  @ParameterizedTest
  @CsvSource({
    "/components/responses/customer/headers, Age, no header age",
    "/components/responses/customer/headers, X-Request-Id, no header x-request-id",
    "/components/responses/customer/content, application/json, no media type application/json",
    "/paths/~1customer~1{ids}/get/responses, 200, no status 200"
  })
  void check_ofADescriptionThatLacksSomething_findsIt(String at, String name, String fault) {
    ObjectNode lacking = tree();
    assertThat(((ObjectNode) lacking.at(at)).remove(name)).isNotNull();
    HttpResponse<String> answer = client.get("/customer/1");
    assertThat(check(lacking.toString()).faults("GET", "/customer/1", answer)).contains(fault);
  }

  private static ObjectNode tree() {
    return (ObjectNode) JsonMapper.shared().readTree(description);
  }

  private static DescriptionCheck check(String document) {
    return new DescriptionCheck(document);
  }

  private static HttpResponse<String> send(String method, String target, String header) {
    return header == null
        ? client.send(method, target)
        : client.send(method, target, header.split(": ", 2));
  }
}
