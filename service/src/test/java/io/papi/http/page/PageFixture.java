package io.papi.http.page;

import com.microsoft.playwright.Browser;
import io.papi.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A browser, and a service: either with the built-in datasets, a view, default rows, and a dataset
 * of a CSV file that is there by configuration alone; or with other keys; or with queries; or with
 * streams.
 */
final class PageFixture implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "test-page");

  private final Chromium chromium;
  private final TestService service;

  private PageFixture(Chromium chromium, TestService service) {
    this.chromium = chromium;
    this.service = service;
  }

  /** What makes the service out of the folder for the files of its configuration. */
  private interface Starting {
    TestService start(Path folder) throws IOException;
  }

  /** Starts both; the files of the configuration are written into {@code folder}. */
  static PageFixture start(Path folder) throws IOException {
    return start(folder, PageFixture::startService);
  }

  /** Starts both, the service with queries over a table of sales, and one dataset. */
  static PageFixture startWithQueries(Path folder) throws IOException {
    return start(folder, PageFixture::startServiceWithQueries);
  }

  /** Starts both, the service with streams of numbers, one report, and no dataset. */
  static PageFixture startWithStreams(Path folder) throws IOException {
    return start(folder, PageFixture::startServiceWithStreams);
  }

  /** Starts both, the service with people, who have an e-mail address and a card. */
  static PageFixture startWithKeys(Path folder) throws IOException {
    return start(folder, PageFixture::startServiceWithKeys);
  }

  private static PageFixture start(Path folder, Starting service) throws IOException {
    Chromium chromium = Chromium.launch();
    try {
      return new PageFixture(chromium, service.start(folder));
    } catch (IOException | RuntimeException e) {
      chromium.close();
      throw e;
    }
  }

  private static TestService startService(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("tea.csv"),
        """
        id,2024,name
        sen cha,5,Sencha
        "it's 100% o/é?",6,Oolong
        """);
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            embedded-tables.teas.from = tea.csv
            datasets.tea {
              table = teas, key = id, key-type = text, key-length = 20
              shape = map, default-row { NAME = tea }
            }
            datasets.customer {
              default-row { C_FIRST_NAME = friend }
              views { mail = [C_FIRST_NAME, C_EMAIL_ADDRESS] }
            }
            """);
    return TestService.start(
        Map.of(
            "PAPI_CONFIG",
            file.toString(),
            "PAPI_ROWS",
            "200",
            "PAPI_DEADLINE",
            "10s",
            "PAPI_DATASETS_PRODUCT_ENABLED",
            "true",
            "PAPI_DATASETS_STORE_ENABLED",
            "true"));
  }

  private static TestService startServiceWithKeys(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("people.csv"),
        """
        id,email,name,card
        1,jane@example.com,Jane,70
        2,jöhn+x@example.com,John,71
        3,"a,b@example.com",Ann,72
        4,"it's 100% ""o/é""?#&",Odd,73
        5," two  blanks ",Blank,74
        """);
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            max-ids = 5
            embedded-tables.people.from = people.csv
            datasets.people {
              table = people, key = id
              keys {
                email { column = email, type = text, length = 40, fold = lower }
                card { column = card }
              }
              default-row { NAME = friend }
              views { short = [NAME, ID] }
            }
            """);
    return TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_DEADLINE", "10s"));
  }

  private static TestService startServiceWithQueries(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"),
        """
        id,buyer,clerk,sold_on,price
        1,Ann,Clerk#01,1995-01-10,30.50
        2,Bob,Clerk#01,1995-02-10,20.00
        3,Cid,Clerk#02,1995-02-11,7.25
        4,Ann,Clerk#01,1995-04-01,100.00
        """);
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            datasets { customer.enabled = false, product.enabled = false, store.enabled = false }
            embedded-tables.sales.from = sales.csv
            datasets.sale { table = sales, key = id }
            queries {
              best {
                paths = ["/shop/best", "/snowpark/best"]
                sql = \"""SELECT buyer, SUM(price) AS total FROM sales
                  WHERE sold_on BETWEEN :from_day AND :to_day
                  GROUP BY buyer ORDER BY total DESC\"""
                parameters {
                  from_day { type = date, default = "1995-01-01", min = "1992-01-01" }
                  to_day { type = date, default = "1995-03-31" }
                }
                max-rows = 3
              }
              clerk {
                paths = ["/clerk/{clerk}/sales/{year}"]
                sql = \"""SELECT clerk, MONTH(sold_on) AS month, SUM(price) AS total FROM sales
                  WHERE clerk = 'Clerk#' || :clerk AND YEAR(sold_on) = :year
                  GROUP BY clerk, MONTH(sold_on) ORDER BY MONTH(sold_on)\"""
                parameters {
                  clerk { type = text, pattern = "[0-9]{1,9}", length = 9 }
                  year { type = whole, min = 1, max = 9999 }
                }
              }
              types {
                paths = ["/types"]
                sql = \"""SELECT CAST(:w AS BIGINT) AS w, CAST(:d AS NUMERIC(20, 2)) AS d,
                  CAST(:t AS VARCHAR) AS t, CAST(:at AS TIMESTAMP) AS at_, CAST(:f AS BOOLEAN) AS f,
                  CAST(:o AS VARCHAR) AS o, CAST(:p AS VARCHAR) AS p\"""
                parameters {
                  w { type = whole, default = 9223372036854775807 }
                  d { type = decimal, min = "0.5", max = "99.5", default = null }
                  t { type = text, length = 20, default = "a +%&/é" }
                  at { type = timestamp, default = "1995-01-31T23:59:59.5" }
                  f { type = flag, required = true }
                  o { type = one-of, values = [red, "light blue"], default = null }
                  p { type = text, pattern = "\\\\h*+", default = null }
                }
              }
              every {
                paths = ["/every"]
                sql = "SELECT id, price FROM sales ORDER BY id"
                max-rows = 3
              }
              change {
                paths = ["/change"]
                sql = "SELECT price - 25 AS net, buyer, id FROM sales WHERE id < :below ORDER BY id"
                parameters.below { type = whole, default = 3 }
              }
            }
            """);
    return TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_DEADLINE", "10s"));
  }

  /** H2 computes the numbers, so that there are any number of them. */
  private static TestService startServiceWithStreams(Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("papi.conf"),
            """
            datasets { customer.enabled = false, product.enabled = false, store.enabled = false }
            queries {
              numbers {
                paths = ["/numbers"]
                sql = \"""SELECT X AS number, 'row ' || X AS name, X / 4.0 AS quarter
                  FROM SYSTEM_RANGE(1, :to) WHERE X > :after\"""
                parameters {
                  to { type = whole, default = 1000000000000 }
                  after { type = whole, default = 0 }
                }
                stream = true
                max-concurrent = 1
              }
              breaking {
                paths = ["/breaking"]
                sql = "SELECT X AS number, 1 / (:at - X) AS zero FROM SYSTEM_RANGE(1, 1000000)"
                parameters.at { type = whole, default = 500000 }
                stream = true
              }
              report {
                paths = ["/report"]
                sql = "SELECT X AS number FROM SYSTEM_RANGE(1, 3)"
              }
            }
            """);
    return TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_DEADLINE", "10s"));
  }

  TestService service() {
    return service;
  }

  /** Where the page is. */
  String address() {
    return service.address() + "/test";
  }

  /** Opens the page; an answer to it may be an error. */
  Tab open(Browser.NewContextOptions options) {
    return Tab.open(chromium, options, address(), "/");
  }

  static void picture(Tab tab, String name) {
    tab.picture(PICTURES.resolve(name + ".png"));
  }

  @Override
  public void close() {
    service.close();
    chromium.close();
  }
}
