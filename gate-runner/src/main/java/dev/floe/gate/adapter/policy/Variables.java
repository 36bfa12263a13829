package dev.floe.gate.adapter.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that a rule may speak of, with their types; {@code docs/gates.md} explains each.
 */
final class Variables {

  private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
  private static final CelType RECORDS =
      ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN));

  /** Names are declared whole, so that a misspelt field is found before anything is evaluated. */
  static final Map<String, CelType> TYPES = types();

  private Variables() {}

  private static Map<String, CelType> types() {
    Map<String, CelType> types = new LinkedHashMap<>();
    types.put("artifact.name", SimpleType.STRING);
    types.put("artifact.ref", SimpleType.STRING);
    types.put("artifact.version", SimpleType.STRING);
    types.put("artifact.digest", SimpleType.STRING);
    types.put("artifact.media_type", SimpleType.STRING);
    types.put("artifact.artifact_type", SimpleType.STRING);
    types.put("artifact.config_type", SimpleType.STRING);
    types.put("artifact.is_index", SimpleType.BOOL);
    types.put("artifact.size", SimpleType.INT);
    types.put("artifact.annotations", TEXTS);
    types.put("artifact.layers", RECORDS);
    types.put("artifact.manifest", MapType.create(SimpleType.STRING, SimpleType.DYN));
    types.put("artifact.has_created", SimpleType.BOOL);
    types.put("artifact.created", SimpleType.TIMESTAMP);
    types.put("artifact.age", SimpleType.DURATION);
    types.put("artifact.signed", SimpleType.BOOL);
    types.put("artifact.signatures", RECORDS);
    types.put("artifact.referrers", RECORDS);
    types.put("artifact.lifecycle", SimpleType.STRING);
    types.put("from_env", SimpleType.STRING);
    types.put("to_env", SimpleType.STRING);
    types.put("now", SimpleType.TIMESTAMP);
    return Collections.unmodifiableMap(types);
  }
}
