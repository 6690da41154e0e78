package io.papi.lookup;

/**
 * One of those between whom places in a line are shared fairly: a caller's connection, or this
 * service itself. It is equal to itself alone, and says nothing about who it is.
 */
public final class Requester {
  /** This service, when it asks on its own account. */
  public static final Requester SERVICE = new Requester();
}
