package io.papi.loadtest.tokens;

import java.net.URI;

/** Prints a token for curl, and nothing else. */
public final class PrintToken {
  private PrintToken() {}

  /**
   * The command: a way to sign in and the URL of a public endpoint. It ends with 1 where there is
   * no token, with 2 where the arguments are wrong.
   */
  public static void main(String[] args) {
    try {
      System.out.println(token(args).text());
    } catch (TokenException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static AccessToken token(String... args) {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "two arguments: one of " + SignIn.names() + ", and the endpoint's URL");
    }
    SignIn way = SignIn.of(args[0]);
    URI endpoint = URI.create(args[1]);
    if (endpoint.getHost() == null) {
      throw new IllegalArgumentException(args[1] + " is no URL such as https://papi.example");
    }
    return Tokens.ofSystem().source(way, endpoint).token();
  }
}
