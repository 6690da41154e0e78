package io.papi.loadtest.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdFileTest {
  @TempDir private Path directory;

  @Test
  void write_hasAHeadingAndTenThousandIds() throws IOException {
    Path file = directory.resolve("new/cust_ids.csv");
    IdFile.write(file);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(10_001).doesNotHaveDuplicates().startsWith("C_CUSTOMER_SK", "1", "2");
    assertThat(lines.getLast()).isEqualTo("10000");
  }
}
