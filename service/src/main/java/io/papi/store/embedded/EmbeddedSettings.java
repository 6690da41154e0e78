package io.papi.store.embedded;

/**
 * The settings of the embedded store.
 *
 * @param rows the customers in it, 1 to 65,000,000
 * @param latency how long a statement takes
 * @param statements the statements that run at once where there is a latency; more wait
 */
public record EmbeddedSettings(int rows, Latency latency, int statements) {

  public EmbeddedSettings {
    if (rows < 1 || rows > TpcdsCustomers.MAX_ROWS) {
      throw new IllegalArgumentException(
          "rows is " + rows + ", not 1 to " + TpcdsCustomers.MAX_ROWS);
    }
    if (statements < 1) {
      throw new IllegalArgumentException("statements is " + statements + ", less than 1");
    }
  }
}
