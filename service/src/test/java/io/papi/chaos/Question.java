package io.papi.chaos;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a caller asks. */
sealed interface Question {

  String path();

  /** What is posted; empty where the path says all. */
  default Optional<String> body() {
    return Optional.empty();
  }

  /** Whether it is asked again and again. */
  boolean repeated();

  /** Whether the caller says what it knows from before. */
  boolean conditional();

  /**
   * For rows.
   *
   * @param numbers of ids or addresses, in order; one may be there twice
   * @param posted whether they stand in a body
   */
  record OfRows(By by, List<Integer> numbers, boolean posted, boolean repeated, boolean conditional)
      implements Question {

    public OfRows {
      numbers = List.copyOf(numbers);
    }

    @Override
    public String path() {
      return posted ? by.path() : by.path() + "/" + joined(by::asked);
    }

    @Override
    public Optional<String> body() {
      return posted
          ? Optional.of("{\"ids\":[" + joined(number -> "\"" + by.asked(number) + "\"") + "]}")
          : Optional.empty();
    }

    private String joined(IntFunction<String> text) {
      return numbers.stream().map(text::apply).collect(Collectors.joining(","));
    }

    List<Integer> distinctNumbers() {
      return numbers.stream().distinct().toList();
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
