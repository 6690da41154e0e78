package io.papi.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Outcome.Found;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Loader}. */
public abstract class LoaderContract extends RowsContract {

  protected abstract Loader loader();

  @Override
  protected Map<Key, Outcome> ask(Set<Key> keys) {
    return loader().load(keys);
  }

  @Test
  public void find_known_wasReadAfterTheCall() {
    Key key = new Key("5");
    long called = ticker().nanos();
    assertThat(loader().load(Set.of(key)).get(key))
        .isInstanceOfSatisfying(
            Found.class, found -> assertThat(found.readAt() - called).isNotNegative());
  }
}
