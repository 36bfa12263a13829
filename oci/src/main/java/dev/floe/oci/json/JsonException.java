package dev.floe.oci.json;

import dev.floe.manifest.Coded;
import dev.floe.manifest.ProblemCode;

/** What was read is not the JSON it should be; the message says where or which member. */
public final class JsonException extends RuntimeException implements Coded {

  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }

  @Override
  public ProblemCode code() {
    return ProblemCode.REGISTRY_REFUSED;
  }
}
