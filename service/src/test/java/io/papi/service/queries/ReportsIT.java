package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The reports of {@code examples/reports}, with its own configuration on its own orders. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsIT {
  private static final Path EXAMPLE = Path.of("examples/reports");
  private static final int ORDERS = 300_000;
  private static final LocalDate FIRST = LocalDate.of(1992, 1, 1);
  private static final int DAYS = 2_406;
  private static final int ROUNDS = 12;

  private Orders orders;
  private TestService service;
  private TestClient client;

  @BeforeAll
  void start() {
    orders = new Orders(ORDERS);
    service = TestService.start(Map.of("PAPI_CONFIG", EXAMPLE.resolve("papi.conf").toString()));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void guides_twoReports_areFull() {
    assertThat(orders.clerkSales("000000002", 1995)).contains("\"MONTH\":1,", "\"MONTH\":12,");
    assertSame(
        "/clerk/000000002/yearly_sales/1995", orders.clerkSales("000000002", 1995), "MONTH", 12);
    assertSame(
        "/customers/top10?start_range=1995-02-01&end_range=1995-02-14",
        orders.topCustomers(LocalDate.of(1995, 2, 1), LocalDate.of(1995, 2, 14)),
        "O_CUSTKEY",
        10);
  }

  private void assertSame(String path, String expected, String column, int rows) {
    assertAnswer(path, expected);
    assertThat(expected.split('"' + column + '"', -1)).hasSize(rows + 1);
  }

  @Test
  void topCustomers_anyRange_isWhatTheOrdersSay() {
    Random random = new Random(18);
    for (int round = 0; round < ROUNDS; round++) {
      LocalDate first = FIRST.plusDays(random.nextInt(DAYS));
      LocalDate last = first.plusDays(round == 0 ? 0 : random.nextInt(1 << round) - 1L);
      assertAnswer(
          "/customers/top10?start_range=" + first + "&end_range=" + last,
          orders.topCustomers(first, last));
    }
    assertAnswer("/customers/top10?start_range=1999-01-01&end_range=9999-12-31", "[]");
    assertAnswer("/customers/top10?start_range=1995-01-02&end_range=1995-01-01", "[]");
    assertAnswer(
        "/customers/top10?start_range=0001-01-01&end_range=9999-12-31",
        orders.topCustomers(LocalDate.MIN, LocalDate.MAX));
  }

  @Test
  void clerkSales_anyClerkAndYear_isWhatTheOrdersSay() {
    Random random = new Random(18);
    for (int round = 0; round < ROUNDS; round++) {
      String clerk = "%09d".formatted(1 + random.nextInt(1_000));
      int year = 1992 + random.nextInt(7);
      assertAnswer("/clerk/" + clerk + "/yearly_sales/" + year, orders.clerkSales(clerk, year));
    }
    assertAnswer("/clerk/2/yearly_sales/1995", "[]");
    assertAnswer("/clerk/000000002/yearly_sales/1", "[]");
    assertAnswer("/clerk/000001001/yearly_sales/1995", "[]");
  }

  /** At both paths, where the second costs no statement. */
  private void assertAnswer(String path, String expected) {
    HttpResponse<String> connector = client.get("/connector" + path);
    assertThat(connector.statusCode()).as(path).isEqualTo(200);
    assertThat(connector.body()).as(path).isEqualTo(expected);
    HttpResponse<String> snowpark = client.get("/snowpark" + path);
    assertThat(snowpark.body()).as(path).isEqualTo(expected);
    assertThat(header(snowpark, "Cache-Status")).as(path).isEqualTo("near; hit");
    assertThat(header(snowpark, "ETag")).as(path).isEqualTo(header(connector, "ETag"));
  }

  @Test
  void topCustomers_defaultGivenOrLeftOut_isOneAnswer() {
    String path = "/snowpark/customers/top10";
    HttpResponse<String> first = client.get(path);
    assertThat(first.body())
        .isEqualTo(orders.topCustomers(LocalDate.of(1995, 1, 1), LocalDate.of(1995, 3, 31)));
    int statements = client.statements();
    for (String query :
        List.of(
            "?",
            "?&&",
            "?start_range=",
            "?start_range",
            "?start_range=1995-01-01",
            "?end_range=1995-03-31",
            "?end_range=1995-03-31&start_range=1995-01-01",
            "?%73tart_range=1995%2D01-01&end_range=&format=",
            "?format=json")) {
      HttpResponse<String> answer = client.get(path + query);
      assertThat(answer.body()).as(query).isEqualTo(first.body());
      assertThat(header(answer, "Cache-Status")).as(query).isEqualTo("near; hit");
      assertThat(header(answer, "ETag")).as(query).isEqualTo(header(first, "ETag"));
    }
    assertThat(client.statements()).isEqualTo(statements);
  }

  @Test
  void clerkSales_yearWrittenOtherwise_isOneAnswer() {
    HttpResponse<String> first = client.get("/snowpark/clerk/000000002/yearly_sales/1996");
    for (String year : List.of("01996", "%31996", "0000000001996")) {
      HttpResponse<String> answer = client.get("/connector/clerk/00000000%32/yearly_sales/" + year);
      assertThat(answer.body()).as(year).isEqualTo(first.body());
      assertThat(header(answer, "Cache-Status")).as(year).isEqualTo("near; hit");
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
