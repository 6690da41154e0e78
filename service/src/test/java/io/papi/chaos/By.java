package io.papi.chaos;

/** By what a caller asks for customers. */
enum By {
  ID("/customer") {
    @Override
    String asked(int number) {
      return String.valueOf(number);
    }

    @Override
    int numberOf(Rows.Shown row) {
      return row.id();
    }
  },

  ADDRESS("/customer/email") {
    @Override
    String asked(int number) {
      return Addresses.asked(number);
    }

    @Override
    int numberOf(Rows.Shown row) {
      return Addresses.of(row.id(), row.version());
    }
  };

  private final String path;

  By(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** The id or address with this number, as a request has it. */
  abstract String asked(int number);

  /** The number of the id or address that a row has. */
  abstract int numberOf(Rows.Shown row);
}
