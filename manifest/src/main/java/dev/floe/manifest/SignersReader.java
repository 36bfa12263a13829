package dev.floe.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads whose signatures {@code security_scan} accepts, and says where that makes no sense. */
final class SignersReader {

  private static final String KEY = "keys: [file:/etc/floe/cosign.pub]";
  private static final String ROOT = "trusted_root: file:/etc/floe/trusted_root.json";

  private final Reading reading;

  SignersReader(Reading reading) {
    this.reading = reading;
  }

  Signers read(Section gate) {
    List<Secret> keys = new ArrayList<>();
    for (Node node : gate.textNodes("keys")) {
      key(node).ifPresent(keys::add);
    }
    Node keyless = gate.value("keyless");
    return new Signers(
        keys, keyless == null ? null : keyless(Section.of(reading, keyless, Keys.KEYLESS)));
  }

  private Optional<Secret> key(Node node) {
    Secret key = Secret.parse(Scalars.text(node));
    if (reading.recorded()) {
      return Optional.of(key);
    }
    return switch (key) {
      case Secret.Inline(String pem) -> inline(node, pem);
      case Secret.FromFile(String path) when path.isBlank() -> nameless(node, "file:");
      case Secret.FromEnv(String name) when name.isBlank() -> nameless(node, "env:");
      default -> Optional.of(key);
    };
  }

  private Optional<Secret> inline(Node node, String pem) {
    try {
      return Optional.of(new Secret.Inline(PublicKeys.pem(PublicKeys.read(pem))));
    } catch (IllegalArgumentException e) {
      // What stands here may be a private key: it is not repeated.
      String message = "a key of security_scan cannot be used: " + e.getMessage();
      reading.problems().error(node, message, "write file:PATH, env:NAME or the PEM text");
      return Optional.empty();
    }
  }

  private Optional<Secret> nameless(Node node, String kind) {
    reading.problems().error(node, kind + " names nothing", "write " + KEY);
    return Optional.empty();
  }

  private Signers.Keyless keyless(Section section) {
    String root = section.required("trusted_root", ROOT);
    String path = root;
    if (Secret.parse(root) instanceof Secret.FromFile(String file)) {
      path = file;
    } else if (!root.isEmpty()) {
      String message = "trusted_root must be a file: it is too large for a manifest";
      reading.problems().error(section.place("trusted_root"), message, "write " + ROOT);
    }
    String issuer = section.required("issuer", "issuer: https://accounts.google.com");
    String identity = section.text("identity");
    String regexp = section.text("identity_regexp");
    if (isMissing(identity) == isMissing(regexp)) {
      reading
          .problems()
          .error(
              section.node(),
              "keyless needs either identity or identity_regexp",
              "write identity: release@acme.com");
    }
    if (regexp != null) {
      checkPattern(section.place("identity_regexp"), regexp);
    }
    return new Signers.Keyless(path, issuer, identity, regexp);
  }

  private static boolean isMissing(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private void checkPattern(Node node, String regexp) {
    try {
      var _ = Pattern.compile(regexp);
    } catch (PatternSyntaxException e) {
      String message = "identity_regexp is not a regular expression: " + e.getDescription();
      reading
          .problems()
          .error(node, message, "it must match the whole identity, as in .*@acme[.]com");
    }
  }

  /** Says what is wrong with the signers of a gate that is written as a mapping. */
  void check(Gate gate, Section section) {
    for (String key : List.of("keys", "keyless")) {
      Node node = section.value(key);
      if (node == null) {
        continue;
      }
      if (!gate.name().equals(Gate.SECURITY_SCAN)) {
        String message = key + " belongs to security_scan alone";
        reading.problems().error(node, message, "move it there, or remove it");
      } else if (gate.kind() == Gate.Kind.COMMAND) {
        String message = "the command replaces the built-in check: %s is not used".formatted(key);
        reading.problems().warning(node, message, "keep one");
      } else if (reading.elements(node).isEmpty()) {
        reading.problems().error(node, key + " lists nothing", "write " + KEY);
      }
    }
    if (section.value("keys") == null && section.value("keyless") == null) {
      warnOfNobody(gate, section.place("name"));
    }
  }

  void warnOfNobody(Gate gate, Node node) {
    if (gate.name().equals(Gate.SECURITY_SCAN)
        && gate.kind() == Gate.Kind.BUILT_IN
        && gate.enabled()
        && gate.signers().isNobody()) {
      reading
          .problems()
          .warning(
              node,
              "security_scan has no keys, no keyless and no command:"
                  + " it will report an error when run",
              "add " + KEY);
    }
  }
}
