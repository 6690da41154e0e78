package io.papi.http.dataset.body;

import io.papi.http.answer.Shown;
import io.papi.http.dataset.form.Parameter;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code {"ids":[…],"fields":[…],"shape":"…"}}, token by token and without recursion:
 * whatever the bytes are, it gives what they ask for or says what is wrong with them, and where.
 * Thread-safe.
 */
public final class BodyParser {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String IDS = "ids";

  /** Of one request. */
  private final int maxIds;

  public BodyParser(int maxIds) {
    this.maxIds = maxIds;
  }

  /**
   * What {@code body} asks for.
   *
   * @throws ProblemException 400 that says what is wrong and where
   */
  public AskedIds parse(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return parse(json);
    } catch (StreamConstraintsException e) {
      throw bad("the body has a number or a name that is too long");
    } catch (JacksonException e) {
      throw bad("the body is not JSON" + at(e.getLocation()));
    }
  }

  private AskedIds parse(JsonParser json) {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw bad("the body is empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw bad("the body is no JSON object" + at(json.currentTokenLocation()));
    }
    Optional<List<String>> ids = Optional.empty();
    Map<Parameter, List<String>> form = new EnumMap<>(Parameter.class);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      String place = at(json.currentTokenLocation());
      JsonToken value = json.nextToken();
      boolean isTwice;
      if (name.equals(IDS)) {
        isTwice = ids.isPresent();
        ids = Optional.of(ids(json, value));
      } else {
        Parameter parameter = parameter(name, place);
        isTwice = form.put(parameter, values(json, parameter, value)) != null;
      }
      if (isTwice) {
        throw bad("the body has " + name + " twice" + place);
      }
    }
    if (json.nextToken() != null) {
      throw bad("the body goes on after its object" + at(json.currentTokenLocation()));
    }
    return new AskedIds(ids.orElseThrow(() -> bad("the body has no ids")), form);
  }

  private static Parameter parameter(String name, String place) {
    for (Parameter parameter : Parameter.values()) {
      if (parameter.word().equals(name)) {
        return parameter;
      }
    }
    String known =
        Stream.concat(Stream.of(IDS), Stream.of(Parameter.values()).map(Parameter::word))
            .collect(Collectors.joining(", "));
    throw bad("the body has an unknown member" + place + ": it may have " + known);
  }

  private List<String> ids(JsonParser json, JsonToken first) {
    if (first != JsonToken.START_ARRAY) {
      throw bad("ids is no array" + at(json.currentTokenLocation()));
    }
    List<String> ids = new ArrayList<>();
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (ids.size() == maxIds) {
        throw bad("more than " + maxIds + " ids");
      }
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        throw bad(
            "id %d (%s) is not a whole number"
                .formatted(ids.size() + 1, Shown.of(json.getString())));
      }
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_STRING) {
        throw bad(
            "id %d is neither a number nor a string".formatted(ids.size() + 1)
                + at(json.currentTokenLocation()));
      }
      ids.add(text(json));
    }
    return ids;
  }

  private static List<String> values(JsonParser json, Parameter parameter, JsonToken first) {
    if (parameter != Parameter.FIELDS) {
      return List.of(string(json, parameter, first));
    }
    if (first != JsonToken.START_ARRAY) {
      throw bad("fields is no array" + at(json.currentTokenLocation()));
    }
    List<String> names = new ArrayList<>();
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      names.add(string(json, parameter, token));
    }
    if (names.isEmpty()) {
      throw bad("fields is empty" + at(json.currentTokenLocation()));
    }
    return names;
  }

  private static String string(JsonParser json, Parameter parameter, JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      String what = parameter == Parameter.FIELDS ? "fields has what" : parameter.word();
      throw bad(what + " is no string" + at(json.currentTokenLocation()));
    }
    return text(json);
  }

  /** JSON can write half of a surrogate pair, as an escape; no encoding of text can. */
  private static String text(JsonParser json) {
    String text = json.getString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          throw bad("a string has half of a surrogate pair" + at(json.currentTokenLocation()));
        }
        i++;
      }
    }
    return text;
  }

  private static String at(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
