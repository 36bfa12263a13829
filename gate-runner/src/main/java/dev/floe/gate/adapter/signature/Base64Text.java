package dev.floe.gate.adapter.signature;

import dev.floe.oci.json.JsonException;
import java.util.Base64;

/** Bytes as JSON has them; signers write either alphabet. */
final class Base64Text {

  private Base64Text() {}

  static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException _) {
      throw new JsonException("its base64 is broken");
    }
  }
}
