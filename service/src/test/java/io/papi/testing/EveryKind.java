package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service with everything that can be configured to be asked: datasets with keys of both types,
 * with another key, a view and a default row, reports with parameters of every type, in a path and
 * required, and a stream.
 */
public final class EveryKind {
  private EveryKind() {}

  /** Starts it; its files are written into {@code folder}. */
  public static TestService start(Path folder) {
    try {
      Files.writeString(
          folder.resolve("tea.csv"),
          """
          id,name,price,sold_on
          a1,Sencha,4.50,1995-01-10
          "b,2",Oolong,6.25,1995-02-10
          """);
      Path file = Files.writeString(folder.resolve("papi.conf"), CONFIGURATION);
      return TestService.start(Map.of("PAPI_CONFIG", file.toString(), "PAPI_ROWS", "200"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String CONFIGURATION =
      """
      max-ids = 5
      deadline = 10s
      embedded-tables.teas.from = tea.csv
      datasets.tea {
        table = teas
        key = id
        key-type = text
        key-length = 20
        shape = map
        keys.name { column = name, type = text, length = 20 }
      }
      datasets.customer {
        missing = default
        default-row { C_FIRST_NAME = friend }
        views { mail = [C_FIRST_NAME, C_EMAIL_ADDRESS] }
      }
      queries {
        best {
          paths = ["/shop/best", "/snowpark/best"]
          sql = "SELECT name, price FROM teas WHERE sold_on BETWEEN :from_day AND :to_day ORDER BY name"
          parameters {
            from_day { type = date, default = null, needs = to_day }
            to_day { type = date, default = null, needs = from_day }
          }
          max-rows = 10
        }
        month {
          paths = ["/clerk/{clerk}/sales/{year}"]
          sql = "SELECT :clerk AS clerk, :year AS year"
          parameters {
            clerk { type = text, pattern = "[0-9]{1,9}", length = 9 }
            year { type = whole, min = 1, max = 9999 }
          }
        }
        types {
          paths = ["/types"]
          sql = \"""SELECT CAST(:w AS BIGINT) AS w, CAST(:d AS NUMERIC(20, 2)) AS d,
            CAST(:t AS VARCHAR) AS t, CAST(:at AS TIMESTAMP) AS at_, CAST(:f AS BOOLEAN) AS f,
            CAST(:o AS VARCHAR) AS o, CAST(:p AS VARCHAR) AS p, CAST(:day AS DATE) AS day_,
            X'00FF' AS bytes, CAST('{"a":1}' AS JSON) AS doc, TIME '10:11:12' AS clock,
            TIMESTAMP WITH TIME ZONE '1995-01-31 10:11:12+01:00' AS moment, 0.5E0 AS half\"""
          parameters {
            w { type = whole, default = 9223372036854775807 }
            d { type = decimal, min = "0.5", max = "99.5", default = null }
            t { type = text, length = 20, default = "a +%&/é" }
            at { type = timestamp, default = "1995-01-31T23:59:59.5" }
            f { type = flag, required = true }
            o { type = one-of, values = [red, "light blue"], default = null }
            p { type = text, pattern = "\\\\h*+", default = null }
            day { type = date, min = "1992-01-01", max = "1998-12-31", default = "1995-01-01" }
          }
        }
        few {
          paths = ["/few"]
          sql = "SELECT X AS number FROM SYSTEM_RANGE(1, :to)"
          parameters.to { type = whole, default = 3 }
          max-rows = 3
        }
        ratio {
          paths = ["/ratio"]
          sql = "SELECT 1 / :by AS share"
          parameters.by { type = whole, default = 1 }
        }
        numbers {
          paths = ["/numbers"]
          sql = "SELECT X AS number, 'row ' || X AS name FROM SYSTEM_RANGE(1, :to)"
          parameters.to { type = whole, default = 3 }
          stream = true
          max-concurrent = 2
        }
      }
      """;
}
