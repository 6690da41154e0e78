package io.papi.http.dataset.form;

import io.papi.dataset.AnswerShape;
import io.papi.dataset.MissingPolicy;

/**
 * The form in which one request wants its answer. Immutable.
 *
 * @param standsIn whether the default row also stands in for rows that could not be read
 */
public record Form(
    AnswerShape shape, Selection selection, MissingPolicy missing, boolean standsIn) {}
