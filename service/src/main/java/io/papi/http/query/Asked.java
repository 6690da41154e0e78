package io.papi.http.query;

import io.papi.lookup.Key;
import java.util.Optional;

/**
 * What one request asks a query.
 *
 * @param key of the answer, made of the parameters' values
 * @param format the word of the format that it names, if it names one
 * @param limit the most rows of a stream
 */
record Asked(Key key, Optional<String> format, long limit) {}
