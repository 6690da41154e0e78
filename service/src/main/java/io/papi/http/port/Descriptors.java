package io.papi.http.port;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The files and sockets of this process.
 *
 * @param max how many may be open at once
 * @param open how many are
 */
public record Descriptors(long max, long open) {

  /** The present numbers; empty if the system does not tell. */
  public static Optional<Descriptors> now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(
            new Descriptors(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount()))
        : Optional.empty();
  }
}
