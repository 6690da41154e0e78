package io.papi.http.dataset.body;

import io.papi.http.dataset.form.Parameter;
import java.util.List;
import java.util.Map;

/**
 * What a body asks for.
 *
 * @param ids as they were written, whole numbers too
 * @param form what it says of the answer's form: the names of fields, and of all others one value
 */
public record AskedIds(List<String> ids, Map<Parameter, List<String>> form) {

  public AskedIds {
    ids = List.copyOf(ids);
    form = Map.copyOf(form);
  }
}
