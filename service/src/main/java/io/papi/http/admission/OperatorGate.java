package io.papi.http.admission;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.papi.caller.Caller;
import io.papi.caller.KeyHash;
import io.papi.http.admission.Credentials.UnusableException;
import io.papi.http.admission.KeyRing.Held;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Gate;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import io.papi.http.exchange.RefusedException;
import io.papi.lookup.Budget;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * The gate of what operators change: open to whoever asks from this machine, or has a key. On
 * another machine anybody could ask who reaches the port. Thread-safe.
 */
public final class OperatorGate implements Gate {
  private static final String OPERATOR = "";
  private static final String CHALLENGE = "Bearer realm=\"papi operators\"";

  private final KeyRing<Admitted> keys;
  private final Admitted operator;

  /**
   * @param hashes of the operators' keys
   * @param unnamed whom operators are taken for
   */
  public OperatorGate(List<KeyHash> hashes, Caller unnamed) {
    this.operator = new Admitted(unnamed, Budget.UNLIMITED);
    this.keys =
        new KeyRing<>(hashes.stream().map(hash -> new Held<>(hash, OPERATOR, operator)).toList());
  }

  @Override
  public Admitted enter(ServerRequest request) {
    return enter(request.remotePeer().address(), request.headers());
  }

  Admitted enter(SocketAddress from, Headers headers) {
    if (isHere(from)) {
      return operator;
    }
    if (!Credentials.areIn(headers)) {
      throw refusal("from another machine this takes a key of admin-keys-sha256");
    }
    try {
      return keys.find(Credentials.of(headers, keys.names()))
          .orElseThrow(() -> refusal("this key is not known"));
    } catch (UnusableException e) {
      throw refusal(e.why());
    }
  }

  private static boolean isHere(SocketAddress from) {
    return from instanceof InetSocketAddress address
        && !address.isUnresolved()
        && address.getAddress().isLoopbackAddress();
  }

  private static ProblemException refusal(String why) {
    return new ProblemException(
        Problem.of(Status.UNAUTHORIZED_401, why)
            .with(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, CHALLENGE)));
  }

  @Override
  public Caller unnamed() {
    return operator.caller();
  }

  @Override
  public void refused(RefusedException refusal) {
    // operators have no limits
  }
}
