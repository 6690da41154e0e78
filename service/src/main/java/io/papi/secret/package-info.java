/**
 * What must be shown nowhere, and how it is read from a file.
 *
 * <p>A leaf: it imports the JDK alone, and must never know what a secret is for.
 */
@NullMarked
package io.papi.secret;

import org.jspecify.annotations.NullMarked;
