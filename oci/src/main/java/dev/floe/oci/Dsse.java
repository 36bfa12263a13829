package dev.floe.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What a signature in a DSSE envelope is of. */
public final class Dsse {

  private Dsse() {}

  /** The pre-authentication encoding (DSSE v1.0, protocol.md): type and payload, with lengths. */
  public static byte[] encoded(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(UTF_8);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes("DSSEv1 %d ".formatted(type.length).getBytes(UTF_8));
    encoded.writeBytes(type);
    encoded.writeBytes(" %d ".formatted(payload.length).getBytes(UTF_8));
    encoded.writeBytes(payload);
    return encoded.toByteArray();
  }
}
