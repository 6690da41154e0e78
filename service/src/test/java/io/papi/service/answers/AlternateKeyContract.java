package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.CapturedLog;
import io.papi.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows by an e-mail address and by a number that is not their key, whatever the store is. */
@Timeout(120)
abstract class AlternateKeyContract {
  private static final String JANE = "{\"ID\":1,\"EMAIL\":\"jane@example.com\",\"CARD\":70}";
  private static final String JOHN = "{\"ID\":2,\"EMAIL\":\"j\u00f6hn+x@example.com\",\"CARD\":71}";

  private static final String PEOPLE =
      """
      id,email,card
      1,jane@example.com,70
      2,j\u00f6hn+x@example.com,71
      3,twice@example.com,72
      4,twice@example.com,73
      5,"a,b@example.com",
      """;

  private static final String DATASET =
      """
      datasets.customer.enabled = false
      datasets.people {
        table = people
        key = id
        keys {
          email { column = email, type = text, length = 40, fold = lower }
          card { column = card, negative-for = 7s }
        }
        default-row { EMAIL = nobody }
      }
      """;

  /**
   * A caller of the service under test, which has {@link #configuration}, and for its store the
   * table {@code people} with the rows of {@link #people}.
   */
  protected abstract TestClient client();

  /** A file with the dataset, and with what else the service needs. */
  protected static Path configuration(Path folder, String more) {
    return write(folder.resolve("papi.conf"), DATASET + more);
  }

  /** A CSV file in UTF-8, with the names of the columns. */
  protected static Path people(Path folder) {
    return write(folder.resolve("people.csv"), PEOPLE);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/people/email/jane@example.com 1",
        "/people/email/Jane%40EXAMPLE.com 1",
        "/people/email/j%C3%B6hn%2Bx@example.com,jane@example.com 2,1",
        "/people/email/J%C3%96HN+x@example.com 2",
        "/people/email/jane@example.com,JANE@example.com,nobody@example.com 1",
        "/people/email/a%2Cb@example.com 5",
        "/people/email/nobody@example.com -",
        "/people/card/71,70 2,1",
        "/people/card/7 -",
      })
  void get_byAnotherKey_givesRowsInTheOrderOfTheValues(String path, String ids) {
    HttpResponse<String> answer = client().get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).containsKeys("etag", "age", "cache-status");
    List<String> found =
        Pattern.compile("\"ID\":([0-9]+)")
            .matcher(answer.body())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(found).isEqualTo(ids.equals("-") ? List.of() : List.of(ids.split(",")));
  }

  @Test
  void everyShape_fieldsAndMissingPolicies() {
    assertThat(client().get("/people/email/jane@example.com?shape=object").body()).isEqualTo(JANE);
    assertThat(client().get("/people/email/JANE@example.com,x@y?shape=map&fields=ID").body())
        .isEqualTo(
            "{\"found\":{\"jane@example.com\":{\"ID\":1}},\"missing\":[\"x@y\"],\"unavailable\":[]}");
    assertThat(client().get("/people/email/x@y?missing=not-found").statusCode()).isEqualTo(404);
    assertThat(client().get("/people/email/X@y?missing=default").body())
        .isEqualTo("[{\"ID\":null,\"EMAIL\":\"x@y\",\"CARD\":null}]");
    assertThat(client().get("/people/card/9?missing=default").body())
        .isEqualTo("[{\"ID\":null,\"EMAIL\":\"nobody\",\"CARD\":9}]");
    assertThat(client().get("/people/9?missing=default").body())
        .isEqualTo("[{\"ID\":9,\"EMAIL\":\"nobody\",\"CARD\":null}]");
  }

  @Test
  void post_ofAddresses_isTheSame_withoutATag() {
    HttpResponse<String> answer =
        client()
            .postJson(
                "/people/email", "{\"ids\":[\"J\u00d6hn+x@example.com\",\"jane@example.com\"]}");
    assertThat(answer.body()).isEqualTo("[" + JOHN + "," + JANE + "]");
    assertThat(answer.headers().map()).containsKey("age").doesNotContainKey("etag");
    assertThat(client().postJson("/people/card", "{\"ids\":[70],\"shape\":\"object\"}").body())
        .isEqualTo(JANE);
  }

  @ParameterizedTest
  @CsvSource({
    "/people/email/,400",
    "/people/email/a%00,400",
    "/people/email/aaaaaaaaaabbbbbbbbbbccccccccccddddddddddd,400",
    "/people/card/x,400",
    "/people/mail/jane@example.com,400",
    "/people/email,405",
    "/people,405",
  })
  void anythingElse_isRefused(String path, int status) {
    assertThat(client().get(path).statusCode()).isEqualTo(status);
  }

  @Test
  void notUnique_is502_andTheColumnIsInTheLog_notTheValue() {
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(client().get("/people/email/twice@example.com").statusCode()).isEqualTo(502);
      assertThat(client().get("/people/email/jane@example.com").statusCode()).isEqualTo(200);
      assertThat(log.lines("key column email is not unique")).isNotEmpty();
      assertThat(log.lines("twice@")).isEmpty();
    }
  }

  @Test
  void rowIsCachedOnce_andMappingsHaveMetersOfTheirOwn() {
    client().get("/people/1");
    client().get("/people/email/jane@example.com");
    int statements = client().statements();
    client().get("/people/email/jane@example.com");
    client().get("/people/card/70");
    assertThat(client().statements()).isLessThanOrEqualTo(statements + 1);
    assertThat(client().metric("cache_gets_total", "dataset=\"people/email\"")).isPositive();
    assertThat(client().metric("http_server_requests_seconds_count", "uri=\"/people/email/{ids}\""))
        .isPositive();
    assertThat(client().admin("/metrics").body()).doesNotContain("example.com");
  }

  @Test
  void invalidate_byAnyKey_forgetsRowAndMappings() {
    for (String path : List.of("/people/email/Jane@example.com", "/people/1", "/people/card/70")) {
      client().get("/people/email/jane@example.com");
      client().get("/people/card/70");
      int statements = client().statements();
      assertThat(client().admin("DELETE", "/cache" + path).statusCode()).isEqualTo(200);
      assertThat(client().get("/people/email/jane@example.com").body()).isEqualTo("[" + JANE + "]");
      assertThat(client().statements() - statements).as(path).isEqualTo(2);
    }
  }
}
