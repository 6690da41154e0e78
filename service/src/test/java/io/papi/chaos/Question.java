package io.papi.chaos;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a caller asks. */
sealed interface Question {

  String path();

  /** Whether it is asked again and again. */
  boolean repeated();

  /** Whether the caller says what it knows from before. */
  boolean conditional();

  /**
   * For rows.
   *
   * @param ids in order; one may be there twice
   */
  record OfRows(List<Integer> ids, boolean repeated, boolean conditional) implements Question {

    public OfRows {
      ids = List.copyOf(ids);
    }

    @Override
    public String path() {
      return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "/customer/", ""));
    }

    List<Integer> distinctIds() {
      return ids.stream().distinct().toList();
    }
  }

  /**
   * For the members with some addresses, in the path or in a body.
   *
   * @param numbers of the addresses, each once
   */
  record OfAddresses(List<Integer> numbers, boolean posted) implements Question {

    public OfAddresses {
      numbers = List.copyOf(numbers);
    }

    @Override
    public String path() {
      return "/members/address" + (posted ? "" : "/" + list(""));
    }

    /** What is posted. */
    String body() {
      return "{\"ids\":[" + list("\"") + "]}";
    }

    private String list(String quote) {
      return numbers.stream()
          .map(number -> quote + MovingAddresses.address(number) + quote)
          .collect(Collectors.joining(","));
    }

    @Override
    public boolean repeated() {
      return false;
    }

    @Override
    public boolean conditional() {
      return false;
    }
  }

  /**
   * For a report of blocks: {@link Truth} says what these are.
   *
   * @param last not less than {@code first}
   */
  record OfReport(int first, int last, boolean repeated, boolean conditional) implements Question {

    @Override
    public String path() {
      return "/blocks/" + Truth.firstId(first) + "/" + Truth.lastId(last);
    }

    IntStream blocks() {
      return IntStream.rangeClosed(first, last);
    }
  }
}
