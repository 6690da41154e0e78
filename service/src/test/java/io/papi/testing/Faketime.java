package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a process that is started with {@link #environment}, moved while it runs
 * (libfaketime). Its monotonic clock stays as it is. Thread-safe.
 */
public final class Faketime {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

  private final Path library;
  private final Path file;

  private Faketime(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** A clock that is right until it is moved; empty where the library is not installed. */
  public static Optional<Faketime> in(Path directory) {
    return LIBRARIES.stream()
        .filter(Files::exists)
        .findFirst()
        .map(
            library -> {
              Faketime faketime = new Faketime(library, directory.resolve("faketime"));
              faketime.moveTo(Duration.ZERO);
              return faketime;
            });
  }

  /** For {@link ProcessBuilder}. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DISABLE_SHM", "1",
        "NO_FAKE_STAT", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1");
  }

  /**
   * Sets the clock ahead of the right time by {@code ahead}; the process sees it within a second.
   */
  public void moveTo(Duration ahead) {
    String offset = String.format("%+.3f%n", ahead.toMillis() / 1e3);
    try {
      // in one step, so that nobody reads half an offset
      Path next = Files.writeString(file.resolveSibling("faketime-next"), offset);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
