package io.papi.service.platforms;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-side JavaScript of Salesforce Marketing Cloud, which is run in a browser: with what that
 * platform's objects have, and nothing of a browser's own. A request is noted, and gets an answer
 * without a row.
 */
final class ServerSideScript {
  private static final Pattern SCRIPT =
      Pattern.compile("<script runat=\"server\">(.*?)</script>", Pattern.DOTALL);

  private final Page page;

  ServerSideScript(Page page) {
    this.page = page;
  }

  /** The request that the script in a text makes; values are of variables and of attributes. */
  Pasted.Request request(String text, Map<String, String> values, String key) {
    Matcher script = SCRIPT.matcher(text);
    if (!script.find()) {
      throw new AssertionError("there is no script in " + text);
    }
    Map<String, String> given = new HashMap<>(values);
    given.put("Secrets,Value,Name,PAPI_KEY", key);
    JsonNode noted =
        JsonMapper.shared().readTree((String) page.evaluate(program(script.group(1), given)));
    return new Pasted.Request(
        URI.create(noted.path("address").asString()),
        noted.path("headers").values().stream().map(JsonNode::asString).toList(),
        noted.path("body").stringValueOpt());
  }

  /** The script among its objects: it gives what it asks for, as JSON. */
  private static String program(String script, Map<String, String> given) {
    return """
    (() => {
      const given = %s;
      const noted = { headers: [] };
      let isLoaded = false;
      const ofCore = (call) => (...values) => {
        if (!isLoaded) { throw new Error('the core library is not loaded'); }
        return call(...values);
      };
      const requested = (request, address) => {
        noted.address = String(address);
        request.setHeader = (name, value) => noted.headers.push(name, value);
        request.send = () => {
          if (request.method === 'POST') {
            noted.body = request.postData;
            noted.headers.push('Content-Type', request.contentType ?? 'text/plain');
          }
          return { statusCode: 503, content: '' };
        };
      };
      const Script = {
        Util: {
          HttpGet: function (address) { requested(this, address); },
          HttpRequest: function (address) { requested(this, address); },
        },
      };
      const Platform = {
        Load: (library) => { isLoaded = library === 'core'; },
        Recipient: { GetAttributeValue: (name) => given[name] },
        Function: {
          Lookup: (...names) => given[names.join()],
          ParseJSON: (text) => JSON.parse(text),
          Stringify: (value) => JSON.stringify(value),
        },
      };
      const Variable = { GetValue: ofCore((name) => given[name]), SetValue: ofCore(() => {}) };
      const Write = ofCore(() => {});
      ((fetch, XMLHttpRequest, window, document) => {
        %s
      })();
      return JSON.stringify(noted);
    })()
    """
        .formatted(JsonMapper.shared().writeValueAsString(given), script);
  }
}
