package io.papi.service.platforms;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    List<String> noted = new ArrayList<>();
    for (Object each : (List<?>) page.evaluate(program(script.group(1), given))) {
      noted.add((String) each);
    }
    return new Pasted.Request(URI.create(noted.getFirst()), noted.subList(1, noted.size()));
  }

  /**
   * The script among its objects: it gives the address that is called, then names and values of
   * headers.
   */
  private static String program(String script, Map<String, String> given) {
    return """
    (() => {
      const given = %s;
      const noted = [''];
      const Script = {
        Util: {
          HttpGet: function (address) {
            noted[0] = String(address);
            this.setHeader = (name, value) => noted.push(name, value);
            this.send = () => ({ statusCode: 503, content: '' });
          },
        },
      };
      const Platform = {
        Load: () => {},
        Recipient: { GetAttributeValue: (name) => given[name] },
        Function: {
          Lookup: (...names) => given[names.join()],
          ParseJSON: (text) => JSON.parse(text),
        },
      };
      const Variable = { GetValue: (name) => given[name], SetValue: () => {} };
      const Write = () => {};
      ((fetch, XMLHttpRequest, window, document) => {
        %s
      })();
      return noted;
    })()
    """
        .formatted(JsonMapper.shared().writeValueAsString(given), script);
  }
}
