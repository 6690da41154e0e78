package io.papi.config;

import io.papi.cache.NearSettings;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import java.util.List;
import java.util.Optional;

/** Reads how much memory the near cache has, if there is one, and what of it is read ahead. */
final class NearReader {
  private static final Key<Optional<Long>> MEMORY = memory(0);

  private static final Key<Integer> REFRESH_AFTER_HITS =
      Key.of("refresh-after-hits", Type.whole(0, NearSettings.MAX_REFRESH_HITS));

  static final List<Key<?>> KEYS = List.of(MEMORY, REFRESH_AFTER_HITS);

  private NearReader() {}

  /**
   * @param budget what the heap has room for
   */
  static Optional<NearSettings> read(Section root, HeapBudget budget) {
    return bytes(root, budget).map(bytes -> new NearSettings(bytes, root.get(REFRESH_AFTER_HITS)));
  }

  private static Optional<Long> bytes(Section root, HeapBudget budget) {
    Optional<Long> configured = root.get(MEMORY);
    if (configured.isEmpty()) {
      return Optional.of(budget.usualNearBytes());
    }
    if (configured.get() == 0) {
      budget.checkWithoutNear();
      return Optional.empty();
    }
    return root.get(memory(HeapBudget.MEBIBYTE)).map(budget::checkNear);
  }

  private static Key<Optional<Long>> memory(long min) {
    return Key.of("near-memory", Type.orAuto(Type.bytes(min)));
  }
}
