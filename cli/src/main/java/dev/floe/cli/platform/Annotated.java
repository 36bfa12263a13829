package dev.floe.cli.platform;

import dev.floe.cli.console.Failure;
import dev.floe.manifest.Annotations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Annotations as they are typed: {@code KEY=VALUE}, the value as written. */
final class Annotated {

  private static final String HINT = "Write it as --annotation com.acme.team=data.";

  private Annotated() {}

  static Map<String, String> read(List<String> typed) {
    Map<String, String> annotations = new LinkedHashMap<>();
    for (String each : typed) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw Failure.usage("--annotation '%s' is not KEY=VALUE".formatted(each), HINT);
      }
      String key = each.substring(0, equals);
      if (annotations.put(key, each.substring(equals + 1)) != null) {
        throw Failure.usage("annotation %s was given twice".formatted(key), HINT);
      }
    }
    try {
      return Annotations.checked(annotations);
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage(String.valueOf(wrong.getMessage()), HINT);
    }
  }
}
