package io.papi.http.page;

import io.papi.dataset.Dataset;
import java.util.List;
import java.util.function.Supplier;

/**
 * A dataset as the test page offers it.
 *
 * @param columns by the names that answers show; none while they are not known yet
 */
public record OfferedDataset(Dataset dataset, Supplier<List<String>> columns) {}
