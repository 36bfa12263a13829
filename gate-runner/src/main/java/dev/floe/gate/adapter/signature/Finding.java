package dev.floe.gate.adapter.signature;

/** What came of looking at one signature. */
public sealed interface Finding {

  /**
   * It holds.
   *
   * @param signer the key or identity that made it
   * @param form in which form it was found, and where
   */
  record Valid(String signer, String form) implements Finding {}

  /**
   * It does not count.
   *
   * @param why after the form, as in "bundle sha256:…: it is …"
   */
  record Invalid(String form, String why) implements Finding {}
}
