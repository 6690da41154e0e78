package io.papi.config;

import io.papi.cache.NearSettings;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import java.util.List;
import java.util.Optional;

/** Reads how much memory the near cache has, if there is one. */
final class NearReader {
  private static final Key<Optional<Long>> MEMORY = memory(0);

  static final List<Key<?>> KEYS = List.of(MEMORY);

  private NearReader() {}

  /**
   * @param budget what the heap has room for
   */
  static Optional<NearSettings> read(Section root, HeapBudget budget) {
    Optional<Long> configured = root.get(MEMORY);
    if (configured.isEmpty()) {
      return Optional.of(budget.usualNear());
    }
    if (configured.get() == 0) {
      budget.checkWithoutNear();
      return Optional.empty();
    }
    return root.get(memory(HeapBudget.MEBIBYTE)).map(budget::near);
  }

  private static Key<Optional<Long>> memory(long min) {
    return Key.of("near-memory", Type.orAuto(Type.bytes(min)));
  }
}
