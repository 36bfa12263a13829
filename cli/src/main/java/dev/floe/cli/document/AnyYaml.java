package dev.floe.cli.document;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * JSON's types, and quotes around every text that any reader of YAML could take for something else:
 * to one of YAML 1.1 {@code no} is false, {@code 010} is 8, {@code 12:30} is 750 and {@code
 * 2026-01-15} is a time.
 */
final class AnyYaml implements Schema {

  private static final Tag MISTAKABLE = new Tag("mistakable");
  private static final Pattern NUMBER_OR_TIME = Pattern.compile("[-+.~=<0-9].*", Pattern.DOTALL);
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private final Schema json = new JsonSchema();

  @Override
  public ScalarResolver getScalarResolver() {
    ScalarResolver types = new JsonScalarResolver();
    return (value, implicit) -> {
      Tag tag = types.resolve(value, implicit);
      boolean mistakable =
          NUMBER_OR_TIME.matcher(value).matches() || WORDS.contains(value.toLowerCase(Locale.ROOT));
      return implicit && mistakable && tag.equals(Tag.STR) ? MISTAKABLE : tag;
    };
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return json.getSchemaTagConstructors();
  }
}
