package io.papi.cache.redis.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * The directory from which the Redis of one service runs: {@code
 * <temporary>/papi-redis-<user>/<process>-<start>-<random>}. Thread-safe.
 *
 * <p>The service holds a lock on a file in it, which the operating system frees however the service
 * ends. So whoever gets the lock knows that the service is gone; and since the binary of a Redis
 * lies in its service's directory, a process that runs it can be nothing else. Neither depends on
 * process numbers, which are reused, or on clocks, which jump.
 */
final class ServiceDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceDirectory.class);

  private static final String LOCK = "service.lock";

  private final Path directory;
  private final FileChannel channel;

  private ServiceDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Removes what services that have ended left behind, and creates a directory. */
  static ServiceDirectory create(Path temporary) throws IOException {
    Path base = temporary.resolve("papi-redis-" + userName());
    if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(temporary);
      Files.createDirectory(base, forOwnerAlone());
    }
    if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(base + " is not a directory");
    }
    // one service at a time: a directory that is not locked yet would look abandoned to another
    try (FileChannel creating = open(base.resolve("dig.lock"));
        FileLock _ = creating.lock()) {
      removeAbandoned(base);
      Path directory = Files.createTempDirectory(base, mine(), forOwnerAlone());
      if (!Files.getOwner(directory).equals(Files.getOwner(base))) {
        Files.delete(directory);
        throw new IOException(base + " belongs to another user");
      }
      FileChannel channel = open(directory.resolve(LOCK));
      channel.lock();
      return new ServiceDirectory(directory.toRealPath(), channel);
    }
  }

  Path extractBinary() throws IOException {
    return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
  }

  @Override
  public void close() {
    try {
      channel.close();
      delete(directory);
    } catch (IOException e) {
      LOG.warn("{} stays: {}", directory, e.toString());
    }
  }

  private static void removeAbandoned(Path base) throws IOException {
    List<Path> directories;
    try (Stream<Path> entries = Files.list(base)) {
      directories = entries.filter(Files::isDirectory).toList();
    }
    for (Path directory : directories) {
      // closing a file of our own would free our lock on it (POSIX): that one is not even opened
      if (!String.valueOf(directory.getFileName()).startsWith(mine()) && isAbandoned(directory)) {
        killAllFrom(directory.toRealPath());
        delete(directory);
      }
    }
  }

  private static boolean isAbandoned(Path directory) throws IOException {
    try (FileChannel channel = open(directory.resolve(LOCK))) {
      return channel.tryLock() != null;
    }
  }

  private static void killAllFrom(Path directory) {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(
                process ->
                    process
                        .info()
                        .command()
                        .filter(c -> Path.of(c).startsWith(directory))
                        .isPresent())
            .toList();
    for (ProcessHandle process : left) {
      LOG.info("ends the Redis that a killed service left behind, process {}", process.pid());
      process.destroyForcibly();
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** What the names of this process's directories begin with. */
  private static String mine() {
    return ProcessHandle.current().pid()
        + "-"
        + ManagementFactory.getRuntimeMXBean().getStartTime()
        + "-";
  }

  private static String userName() {
    return System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static FileAttribute<?>[] forOwnerAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
