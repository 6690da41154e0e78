package io.papi.service.platforms;

import java.util.Map;

/** A script by itself in a message of Salesforce Marketing Cloud. */
final class PastedIntoSsjs implements Pasted {
  private final ServerSideScript script;

  PastedIntoSsjs(ServerSideScript script) {
    this.script = script;
  }

  @Override
  public Request request(String text, String id, String key) {
    return script.request(text, Map.of("_subscriberkey", id), key);
  }
}
