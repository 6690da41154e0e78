package io.papi;

/** The composition root. */
final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
