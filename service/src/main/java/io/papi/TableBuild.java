package io.papi;

import io.papi.config.Configuration;
import io.papi.config.StoreMode;
import io.papi.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A step of the build: it fills the embedded store's tables of the default configuration. */
final class TableBuild {
  private TableBuild() {}

  /**
   * Fills them.
   *
   * @param args the directory of this service's compiled classes
   */
  public static void main(String[] args) throws IOException {
    Configuration defaults = Configuration.read(Map.of("PAPI_STORE", "embedded"));
    if (defaults.storeMode() instanceof StoreMode.Embedded(var settings)) {
      EmbeddedStore.fillAhead(settings, Path.of(args[0]));
    }
  }
}
