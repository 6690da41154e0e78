package io.papi.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file in HOCON, whatever its name ends with. Substitutions such as <code>${PW}</code> see
 * the file itself, then the environment. No message repeats the file's text: it may be a secret.
 */
public final class HoconFile {
  private static final ConfigParseOptions HOCON =
      ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);

  /** The name in the parser's complaint about a substitution. */
  private static final Pattern SUBSTITUTED =
      Pattern.compile("\\$\\{\\??([A-Za-z_][A-Za-z0-9_.-]*)}");

  private final Path file;
  private final Path folder;

  private HoconFile(Path file) {
    this.file = file;
    this.folder = Optional.ofNullable(file.getParent()).orElse(Origin.HERE);
  }

  /** What the built-in file says. */
  public static Node.Members builtIn() {
    Config parsed =
        ConfigFactory.parseResources(HoconFile.class.getClassLoader(), "application.conf", HOCON);
    return members(parsed.root(), _ -> Origin.BUILT_IN);
  }

  /**
   * What the file {@code name} says.
   *
   * @param variable the variable that names it
   * @throws ConfigurationException if it cannot be read
   */
  static Node.Members read(String variable, String name, Map<String, String> environment) {
    Path path;
    try {
      path = Type.path(name.strip());
      checkReadable(path);
    } catch (ConfigurationException e) {
      throw e.at(Origin.ofVariable(variable));
    }
    return new HoconFile(path).read(environment);
  }

  /**
   * Checks that a file can be read.
   *
   * @throws ConfigurationException that says why not
   */
  static void checkReadable(Path path) {
    if (Files.isReadable(path) && !Files.isDirectory(path)) {
      return;
    }
    String why = "this user may not read it";
    if (Files.isDirectory(path)) {
      why = "it is a directory, not a file";
    } else if (Files.notExists(path)) {
      why = "there is no such file";
    }
    throw new ConfigurationException(path + " cannot be read: " + why);
  }

  private Node.Members read(Map<String, String> environment) {
    checkText();
    try {
      ConfigResolveOptions options =
          ConfigResolveOptions.noSystem().appendResolver(new EnvironmentResolver(environment));
      Config parsed = ConfigFactory.parseFile(file.toFile(), HOCON).resolve(options);
      return members(parsed.root(), this::origin);
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw refusal(
          e, "refers to " + substituted(e) + ", which is not set: set it, or write ${?…}");
    } catch (ConfigException e) {
      throw refusal(e, "is not HOCON here, or on a line before: " + mend());
    }
  }

  private String mend() {
    String name = file.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml")
        ? "YAML has to be rewritten, as in service/examples"
        : "look for a bracket or quote that is not closed, and put double quotes around a value"
            + " with other characters than letters, digits, blanks and - _ . / %";
  }

  private static String substituted(ConfigException e) {
    Matcher matcher = SUBSTITUTED.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? matcher.group(1) : "something";
  }

  /** The parser replaces what is no UTF-8, in silence. */
  private void checkText() {
    if (Files.isRegularFile(file)) {
      text(file);
    }
  }

  /**
   * The text of a file.
   *
   * @throws ConfigurationException if it cannot be read, or is not UTF-8
   */
  static String text(Path file) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + " is not text in UTF-8: save it as that");
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read");
    }
  }

  private ConfigurationException refusal(ConfigException e, String problem) {
    ConfigOrigin at = e.origin();
    return new ConfigurationException((at == null ? file.toString() : place(at)) + " " + problem);
  }

  private Origin origin(ConfigOrigin at) {
    Path base =
        Optional.ofNullable(at.filename())
            .flatMap(name -> Optional.ofNullable(Path.of(name).getParent()))
            .orElse(folder);
    return new Origin(place(at), base);
  }

  /** Values that come from the environment have no file: they belong to this one. */
  private String place(ConfigOrigin at) {
    String name = Optional.ofNullable(at.filename()).orElse(file.toString());
    return at.lineNumber() > 0 ? name + ":" + at.lineNumber() : name;
  }

  /** How this reader's nodes say where they were written. */
  private interface Places {
    Origin of(ConfigOrigin at);
  }

  private static Node.Members members(ConfigObject object, Places places) {
    Map<String, Node> members = new TreeMap<>();
    Set<String> unset = new HashSet<>();
    object.forEach(
        (name, value) ->
            node(value, places)
                .ifPresentOrElse(node -> members.put(name, node), () -> unset.add(name)));
    return new Node.Members(members, unset, places.of(object.origin()));
  }

  private static Optional<Node> node(ConfigValue value, Places places) {
    return switch (value.valueType()) {
      case OBJECT -> Optional.of(members((ConfigObject) value, places));
      case LIST -> {
        List<Node> nodes = new ArrayList<>();
        ((ConfigList) value).forEach(item -> node(item, places).ifPresent(nodes::add));
        yield Optional.of(new Node.Items(nodes, places.of(value.origin())));
      }
      case NUMBER, BOOLEAN, STRING -> {
        // not unwrapped: a number keeps the digits that it was written with
        String text = value.atKey("it").getString("it");
        yield Optional.of(new Node.Text(text, places.of(value.origin())));
      }
      case NULL -> Optional.empty();
    };
  }
}
