package io.papi.lookup;

/**
 * One of those who share the places in a line fairly: a caller's connection, or this service
 * itself. It equals only itself, and says nothing about who it is.
 */
public final class Requester {
  /** This service, when it asks on its own account. */
  public static final Requester SERVICE = new Requester();
}
