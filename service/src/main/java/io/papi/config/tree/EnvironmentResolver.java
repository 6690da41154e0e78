package io.papi.config.tree;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a file's substitutions the variables of the environment, by their whole names. */
record EnvironmentResolver(Map<String, String> environment) implements ConfigResolver {

  @Override
  public @Nullable ConfigValue lookup(String path) {
    String value = environment.get(path);
    return value == null ? null : ConfigValueFactory.fromAnyRef(Characters.ofVariable(value), path);
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return new ConfigResolver() {
      @Override
      public @Nullable ConfigValue lookup(String path) {
        ConfigValue own = EnvironmentResolver.this.lookup(path);
        return own == null ? fallback.lookup(path) : own;
      }

      @Override
      public ConfigResolver withFallback(ConfigResolver next) {
        return EnvironmentResolver.this.withFallback(fallback.withFallback(next));
      }
    };
  }
}
