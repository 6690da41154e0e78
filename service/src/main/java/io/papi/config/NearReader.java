package io.papi.config;

import io.papi.cache.NearSettings;
import java.util.List;
import java.util.Optional;

/** Reads how much memory the near cache has, if there is one. */
final class NearReader {
  private static final long MIN_BYTES = 1 << 20;

  private static final Key<Long> MEMORY = memory(0);

  static final List<Key<?>> KEYS = List.of(MEMORY);

  private NearReader() {}

  static Optional<NearSettings> read(Section root) {
    return root.get(MEMORY) == 0
        ? Optional.empty()
        : Optional.of(new NearSettings(root.get(memory(MIN_BYTES))));
  }

  private static Key<Long> memory(long min) {
    return Key.of("near-memory", Type.bytes(min));
  }
}
