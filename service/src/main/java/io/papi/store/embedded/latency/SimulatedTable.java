package io.papi.store.embedded.latency;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives the statements of a {@link DataSource} the time that a distant table would take, and runs
 * only a fixed number of them at once. Connecting and metadata stay as they are. Thread-safe.
 */
public final class SimulatedTable {

  /** How time passes. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  private final Supplier<Duration> times;
  private final Semaphore slots;
  private final Sleeper sleeper;

  public SimulatedTable(Supplier<Duration> times, int statements, Sleeper sleeper) {
    this.times = times;
    this.slots = new Semaphore(statements, true);
    this.sleeper = sleeper;
  }

  public DataSource over(DataSource source) {
    return proxy(DataSource.class, source);
  }

  private <T> T proxy(Class<T> type, Object target) {
    InvocationHandler handler = (_, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (target instanceof Statement && method.getName().startsWith("execute")) {
      return delayed(target, method, arguments);
    }
    Object result = plainly(target, method, arguments);
    Class<?> type = method.getReturnType();
    boolean leadsToStatements =
        Connection.class.isAssignableFrom(type) || Statement.class.isAssignableFrom(type);
    return leadsToStatements && result != null ? proxy(type, result) : result;
  }

  private @Nullable Object delayed(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean taken = false;
    try {
      slots.acquire();
      taken = true;
      sleeper.sleep(times.get());
      return plainly(target, method, arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted in a simulated statement", e);
    } finally {
      if (taken) {
        slots.release();
      }
    }
  }

  private static @Nullable Object plainly(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
