package dev.floe.manifest;

import java.util.Locale;

/** Something that must not be shown: a reference to where it stands, itself, or its fingerprint. */
public sealed interface Secret {

  /** Taken from an environment variable. */
  record FromEnv(String name) implements Secret {
    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /** Taken from a file. */
  record FromFile(String path) implements Secret {
    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /** Taken from Docker's own configuration, for registries. */
  record DockerConfig() implements Secret {
    @Override
    public String toString() {
      return "docker-config";
    }
  }

  /** Stands in the manifest itself; prints as its fingerprint. */
  record Inline(String value) implements Secret {
    @Override
    public String toString() {
      return Digest.sha256(value).toString();
    }
  }

  /** What is left of an inline secret in the recorded manifest: enough to compare, no more. */
  record Fingerprint(String sha256) implements Secret {
    @Override
    public String toString() {
      return sha256;
    }
  }

  /** Reads what a person wrote into the manifest. */
  static Secret parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("env:")) {
      return new FromEnv(text.substring(4));
    }
    if (lower.startsWith("file:")) {
      return new FromFile(text.substring(5));
    }
    return new Inline(text);
  }

  /** Reads what a recorded manifest holds, where nothing stands inline any more. */
  static Secret parseRecorded(String text) {
    return text.startsWith("sha256:") ? new Fingerprint(text) : parse(text);
  }

  /** The reference or the fingerprint; never the secret itself. */
  default String redacted() {
    return toString();
  }
}
