package io.papi.service.queries;

import io.trino.tpch.GenerateUtils;
import io.trino.tpch.Order;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The first orders of TPC-H, and what the reports of {@code examples/reports} say of them: computed
 * in Java from the generator's rows, without any SQL.
 */
final class Orders {
  private static final int CENT_DIGITS = 2;
  private static final BinaryOperator<BigDecimal> SUM = BigDecimal::add;

  private final List<Sold> orders = new ArrayList<>();

  private record Sold(long customer, BigDecimal price, LocalDate day, String clerk) {}

  Orders(int count) {
    for (Order order : TpchTable.ORDERS.createGenerator(1, 1, 1)) {
      if (orders.size() == count) {
        return;
      }
      orders.add(
          new Sold(
              order.getCustomerKey(),
              BigDecimal.valueOf(order.getTotalPriceInCents(), CENT_DIGITS),
              LocalDate.parse(GenerateUtils.formatDate(order.getOrderDate())),
              order.getClerk()));
    }
  }

  /** The ten customers with the highest total from {@code first} to {@code last}. */
  String topCustomers(LocalDate first, LocalDate last) {
    Map<Long, BigDecimal> sums = new HashMap<>();
    for (Sold order : orders) {
      if (!order.day().isBefore(first) && !order.day().isAfter(last)) {
        sums.merge(order.customer(), order.price(), SUM);
      }
    }
    return sums.entrySet().stream()
        .sorted(
            Entry.<Long, BigDecimal>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Entry.comparingByKey()))
        .limit(10)
        .map(
            sum ->
                "{\"O_CUSTKEY\":%d,\"SUM_TOTALPRICE\":%s}"
                    .formatted(sum.getKey(), sum.getValue().toPlainString()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** What a clerk sold in each month of a year. */
  String clerkSales(String clerk, int year) {
    String name = "Clerk#" + clerk;
    Map<Integer, BigDecimal> sums = new TreeMap<>();
    for (Sold order : orders) {
      if (order.clerk().equals(name) && order.day().getYear() == year) {
        sums.merge(order.day().getMonthValue(), order.price(), SUM);
      }
    }
    return sums.entrySet().stream()
        .map(
            sum ->
                "{\"O_CLERK\":\"%s\",\"MONTH\":%d,\"SUM_TOTALPRICE\":%s}"
                    .formatted(name, sum.getKey(), sum.getValue().toPlainString()))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
