package io.papi.testing.proxy;

import java.time.Duration;

/**
 * What goes wrong with the bytes that flow in one direction, by the names and the meaning that <a
 * href="https://github.com/Shopify/toxiproxy#toxics">toxiproxy</a> gives them. Immutable.
 */
public sealed interface Toxic {

  /** Bytes arrive later by {@code latency}, give or take {@code jitter}, in their order. */
  record Latency(Duration latency, Duration jitter) implements Toxic {}

  /** No more than so many bytes arrive in a second. */
  record Bandwidth(int bytesPerSecond) implements Toxic {}

  /** The end of the stream arrives later. */
  record SlowClose(Duration delay) implements Toxic {}

  /** Nothing arrives; after {@code timeout} the connection is closed, but never if it is zero. */
  record Timeout(Duration timeout) implements Toxic {}

  /** The connection is reset, so long after the next bytes were sent. */
  record ResetPeer(Duration timeout) implements Toxic {}

  /** Bytes arrive in slices of about {@code averageSize}, with a pause after each. */
  record Slicer(int averageSize, int sizeVariation, Duration delay) implements Toxic {}

  /** After so many bytes of a connection it is closed. */
  record LimitData(long bytes) implements Toxic {}
}
