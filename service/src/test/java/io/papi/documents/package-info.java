/**
 * Checks the documents against the repository: links that lead nowhere, proofs that do not exist. A
 * table that says what one package declares is checked by a test in that package.
 */
@NullMarked
package io.papi.documents;

import org.jspecify.annotations.NullMarked;
