/**
 * What is written in files and in the environment, as a tree of nodes that know where they stand,
 * and how keys, their types and their sections are declared and read.
 *
 * <p>It imports only the parser of HOCON, and {@code secret}. It must never know which keys there
 * are: each section's reader in {@code config} declares its own.
 */
@NullMarked
package io.papi.config.tree;

import org.jspecify.annotations.NullMarked;
