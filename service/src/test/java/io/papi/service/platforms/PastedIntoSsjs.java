package io.papi.service.platforms;

/** A script by itself in a message of Salesforce Marketing Cloud. */
final class PastedIntoSsjs implements Pasted {
  private final ServerSideScript script;

  PastedIntoSsjs(ServerSideScript script) {
    this.script = script;
  }

  @Override
  public Request request(String text, Recipient recipient, String key) {
    return script.request(text, PastedIntoAmpscript.attributes(recipient), key);
  }
}
