package io.papi.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.dataset.AlternateKey;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.MissingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page is told of the datasets. */
class TestPageTest {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);

  @Test
  void json_hasWhatThePageCanOffer() {
    AnswerRules rules =
        new AnswerRules(
            AnswerShape.MAP,
            MissingPolicy.NOT_FOUND,
            Optional.of(Map.of("NAME", "friend")),
            Map.of("mail", List.of("e-mail", "NAME")));
    assertThat(json(dataset(rules), List.of("ID", "NAME", "e-mail")))
        .isEqualTo(
            "[{\"name\":\"test\",\"key\":\"ID\",\"keyType\":\"whole\",\"keys\":[],"
                + "\"columns\":[\"ID\",\"NAME\",\"e-mail\"],"
                + "\"views\":{\"mail\":[\"e-mail\",\"NAME\"]},"
                + "\"shape\":\"map\",\"missing\":\"not-found\",\"defaultRow\":true}]");
  }

  @Test
  void json_ofADatasetWithoutRules_isTheGuides() {
    assertThat(json(dataset(AnswerRules.GUIDE), List.of()))
        .endsWith(
            "\"columns\":[],\"views\":{},\"shape\":\"array\",\"missing\":\"omit\","
                + "\"defaultRow\":false}]");
  }

  @ParameterizedTest
  @CsvSource({
    "id, '', ID",
    "'\"id\"', '', id",
    "ID, id, id",
    "id, '\"ID\"', ID",
    "'\"ID\"', Id, Id",
    "id, OTHER, ID"
  })
  void json_key_isAsAnswersShowIt(String key, String column, String shown) {
    List<String> columns = column.isEmpty() ? List.of() : List.of(column);
    Dataset dataset =
        new Dataset("test", "T", key, new KeyType.Whole(38), columns, false, 1, FRESHNESS);
    assertThat(json(dataset, List.of())).contains("\"key\":\"" + shown + "\",");
  }

  @Test
  void json_otherKeys_haveWhatThePageMustKnowToAskByThem() {
    Dataset dataset =
        dataset(
            AnswerRules.GUIDE,
            List.of(
                new AlternateKey("email", "mail", new KeyType.Text(50), Fold.LOWER, FRESHNESS),
                new AlternateKey("card", "CARD", new KeyType.Whole(9), Fold.NONE, FRESHNESS)));
    assertThat(json(dataset, List.of()))
        .contains(
            "\"keys\":[{\"name\":\"email\",\"column\":\"MAIL\",\"keyType\":\"text\","
                + "\"fold\":\"lower\"},{\"name\":\"card\",\"column\":\"CARD\","
                + "\"keyType\":\"whole\",\"fold\":\"none\"}],");
  }

  private static String json(Dataset dataset, List<String> columns) {
    return new String(TestPage.json(List.of(new OfferedDataset(dataset, () -> columns))), UTF_8);
  }

  private static Dataset dataset(AnswerRules rules) {
    return dataset(rules, List.of());
  }

  private static Dataset dataset(AnswerRules rules, List<AlternateKey> keys) {
    return new Dataset(
        "test", "T", "ID", new KeyType.Whole(38), List.of("ID"), false, 1, FRESHNESS, rules, keys);
  }
}
