package io.papi.caller;

/**
 * A limit over time.
 *
 * @param perSecond how many there may be in a second, at least 1
 * @param burst how many there may be at once, after a pause that was long enough; at least 1
 */
public record Rate(int perSecond, int burst) {

  public Rate {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException("less than 1: " + perSecond + " a second, " + burst);
    }
  }
}
