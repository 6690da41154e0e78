package io.papi.http.exchange;

import io.papi.caller.Caller;
import io.papi.lookup.Budget;

/**
 * Who a request is from.
 *
 * @param storeIds what ids that start a load are taken from
 */
public record Admitted(Caller caller, Budget storeIds) {}
