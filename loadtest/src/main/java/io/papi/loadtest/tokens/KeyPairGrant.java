package io.papi.loadtest.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;

/**
 * A user's private key: it signs a JWT whose issuer is the user together with the fingerprint of
 * the public key, as Snowflake's key-pair sign-in wants it.
 */
final class KeyPairGrant implements Grant {
  /** Snowflake takes no JWT that lives an hour or more. */
  static final Duration LIFE = Duration.ofMinutes(59);

  private final String subject;
  private final String issuer;
  private final RSAPrivateCrtKey key;

  KeyPairGrant(Account account, String user, RSAPrivateCrtKey key) {
    this.subject = account.claim() + "." + user.toUpperCase(Locale.ROOT);
    this.issuer = subject + "." + PrivateKeys.fingerprint(key);
    this.key = key;
  }

  @Override
  public Map<String, String> fields(Instant now) {
    return Map.of(
        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion(now));
  }

  @Override
  public String rolePrefix() {
    return "session:role:";
  }

  private String assertion(Instant now) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    try {
      jwt.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new TokenException("the private key does not sign: " + e.getMessage(), e);
    }
    return jwt.serialize();
  }
}
