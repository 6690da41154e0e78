package io.papi.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a caller asks.
 *
 * @param ids in order; one may be there twice
 * @param repeated whether it is asked again and again
 * @param conditional whether the caller says what it knows from before
 */
record Question(List<Integer> ids, boolean repeated, boolean conditional) {

  Question {
    ids = List.copyOf(ids);
  }

  String path() {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "/customer/", ""));
  }

  List<Integer> distinctIds() {
    return ids.stream().distinct().toList();
  }
}
