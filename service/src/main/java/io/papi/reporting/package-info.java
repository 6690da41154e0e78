/**
 * What several packages report to the operators in the same way: the meter of what is turned away,
 * and the warning that is written at most once a minute. What one package reports alone stays in
 * that package.
 *
 * <p>A leaf beside the vocabulary, which imports the JDK alone: this one imports Micrometer's
 * meters too. It must never know who reports, nor build or show a registry.
 */
@NullMarked
package io.papi.reporting;

import org.jspecify.annotations.NullMarked;
