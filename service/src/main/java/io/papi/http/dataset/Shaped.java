package io.papi.http.dataset;

import io.papi.http.exchange.Body;

/** The body of an answer in one shape. Made for one answer by one thread. */
sealed interface Shaped extends Body permits ArrayBody, ObjectBody, MapBody {

  /** A strong tag of the bytes, from the rows' tags and never from times. */
  long tag();
}
