package io.papi.http.query;

import io.papi.query.Arguments;
import java.util.Optional;

/**
 * What one request asks a query.
 *
 * @param format the word of the format that it names, if it names one
 */
record Asked(Arguments arguments, Optional<String> format) {}
