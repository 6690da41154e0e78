package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of CSV files, served by their configuration alone. */
class OwnTableIT {
  @TempDir private Path folder;

  /** Beside the built-in datasets, with nothing but a file and its configuration. */
  @Test
  void anotherDataset_isServedAtOnceInEveryShape_andIsInMetricsAndHealth() throws IOException {
    Files.writeString(
        folder.resolve("tea.csv"),
        """
        id,name,price,"first harvest",sold,at
        1,Sencha,12.5,2026-04-20,true,2026-04-20 10:00:00
        2,"Oolong ""Iron Goddess""\",9,,FALSE,
        """);
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            embedded-tables { "SHOP.TEA" { from = tea.csv, types { price = "NUMBER(9,2)" } } }
            datasets.tea { table = shop.tea, key = id }
            """);
    Map<String, String> environment =
        Map.of(
            "PAPI_CONFIG", file.toString(),
            "PAPI_DATASETS_PRODUCT_ENABLED", "true",
            "PAPI_DATASETS_STORE_ENABLED", "true");
    try (TestService service = TestService.start(environment)) {
      TestClient client = service.client();
      assertThat(client.get("/tea/2,1,3").body())
          .isEqualTo(
              "[{\"ID\":2,\"NAME\":\"Oolong \\\"Iron Goddess\\\"\",\"PRICE\":9.00,"
                  + "\"first harvest\":null,\"SOLD\":false,\"AT\":null},"
                  + "{\"ID\":1,\"NAME\":\"Sencha\",\"PRICE\":12.50,"
                  + "\"first harvest\":\"2026-04-20\",\"SOLD\":true,"
                  + "\"AT\":\"2026-04-20T10:00:00\"}]");
      assertThat(client.get("/tea/1?shape=object&fields=NAME,PRICE").body())
          .isEqualTo("{\"NAME\":\"Sencha\",\"PRICE\":12.50}");
      assertThat(client.get("/tea/3,2?shape=map&fields=SOLD").body())
          .isEqualTo("{\"found\":{\"2\":{\"SOLD\":false}},\"missing\":[\"3\"],\"unavailable\":[]}");
      assertThat(client.get("/tea/3?missing=not-found").statusCode()).isEqualTo(404);
      assertThat(client.get("/tea/01").statusCode()).isEqualTo(400);
      assertThat(client.get("/customer/1885").body()).startsWith("[{\"C_CUSTOMER_SK\":1885,");
      assertThat(client.admin("/health/ready").body()).contains("\"store/tea\":\"up\"");
      assertThat(client.metric("papi_store_query_seconds_count", "dataset=\"tea\"")).isPositive();
      assertThat(client.metric("cache_size", "dataset=\"tea\"")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void builtIn_productAndStore_areServed() {
    Map<String, String> all =
        Map.of(
            "PAPI_DATASETS_PRODUCT_ENABLED", "true",
            "PAPI_DATASETS_STORE_ENABLED", "true",
            "PAPI_EMBEDDED_LATENCY_P50", "5ms",
            "PAPI_EMBEDDED_LATENCY_P99", "5ms");
    try (TestService service = TestService.start(all)) {
      TestClient client = service.client();
      assertThat(client.get("/product/AAAAAAAACAAAAAAA,AAAAAAAABAAAAAAA").body())
          .startsWith("[{\"I_ITEM_SK\":3,\"I_ITEM_ID\":\"AAAAAAAACAAAAAAA\",")
          .contains(
              "{\"I_ITEM_SK\":1,\"I_ITEM_ID\":\"AAAAAAAABAAAAAAA\","
                  + "\"I_REC_START_DATE\":\"1997-10-27\",\"I_REC_END_DATE\":null,")
          .contains("\"I_CURRENT_PRICE\":27.02,");
      assertThat(client.get("/store/1500").body())
          .startsWith("[{\"S_STORE_SK\":1500,\"S_STORE_ID\":\"");
    }
  }
}
