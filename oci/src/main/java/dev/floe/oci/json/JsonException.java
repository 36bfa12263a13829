package dev.floe.oci.json;

/** What was read is not the JSON it should be; the message says where or which member. */
public final class JsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
