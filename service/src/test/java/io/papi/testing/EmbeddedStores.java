package io.papi.testing;

import io.papi.store.embedded.CannotLoadException;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.EmbeddedStore;

/** Databases in memory that are filled already. */
public final class EmbeddedStores {
  private EmbeddedStores() {}

  /**
   * Opens and fills one.
   *
   * @throws CannotLoadException if something that it is to be filled with cannot be used
   */
  public static EmbeddedStore filled(EmbeddedSettings settings) {
    EmbeddedStore store = EmbeddedStore.open(settings);
    try {
      var _ = store.fill();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
