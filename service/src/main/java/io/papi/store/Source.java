package io.papi.store;

import io.papi.lookup.Loader;

/** Where the answers of one dataset or query come from, as the start and operators see it. */
public interface Source extends Loader, Contact {}
