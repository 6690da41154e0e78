package io.papi.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A database of which each call is told beforehand, and can be made to fail. */
final class TappedDatabase {

  /** Who is told. */
  @FunctionalInterface
  interface Tap {
    void before(Object target, String method) throws SQLException;
  }

  private final Tap tap;

  private TappedDatabase(Tap tap) {
    this.tap = tap;
  }

  static DataSource of(DataSource database, Tap tap) {
    return new TappedDatabase(tap).proxy(DataSource.class, database);
  }

  private <T> T proxy(Class<T> type, Object target) {
    InvocationHandler handler = (_, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    tap.before(target, method.getName());
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Class<?> type = method.getReturnType();
    boolean leadsOn =
        Connection.class.isAssignableFrom(type)
            || Statement.class.isAssignableFrom(type)
            || ResultSet.class.isAssignableFrom(type);
    return leadsOn && result != null ? proxy(type, result) : result;
  }
}
