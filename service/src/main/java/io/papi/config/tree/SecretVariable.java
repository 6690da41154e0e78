package io.papi.config.tree;

import io.papi.secret.SecretFile;
import io.papi.secret.UnusableSecretException;
import java.util.Optional;

/**
 * A variable that names the file of a secret.
 *
 * @param name the variable's name, which ends with {@code _FILE}
 * @param file what it is set to
 * @param rival the variable with the secret itself, where that is set too
 */
record SecretVariable(String name, String file, Optional<String> rival) {

  /**
   * The secret.
   *
   * @param path the key that it is for
   * @throws ConfigurationException if the file cannot be read or holds no secret
   */
  String read(String path) {
    if (rival.isPresent()) {
      throw new ConfigurationException(
          path + " is set by " + rival.get() + " too: leave one of them out");
    }
    try {
      return SecretFile.read(Type.path(file));
    } catch (UnusableSecretException e) {
      throw new ConfigurationException(path + ": " + e.getMessage());
    }
  }
}
