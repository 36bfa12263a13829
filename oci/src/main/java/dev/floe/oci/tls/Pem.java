package dev.floe.oci.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text; what stands between the blocks is for people.
 *
 * @param label what the block says it is, such as CERTIFICATE
 * @param encrypted whether only a password opens it
 */
record Pem(String label, boolean encrypted, String base64) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  /** All blocks in their order. */
  static List<Pem> read(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      String body = block.group(2);
      boolean encrypted =
          label.startsWith("ENCRYPTED")
              || (body.contains("Proc-Type:") && body.contains("ENCRYPTED"));
      String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
      blocks.add(new Pem(label, encrypted, base64));
    }
    return blocks;
  }

  /**
   * What the block holds.
   *
   * @throws IllegalArgumentException if it is not Base64
   */
  byte[] der() {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("cannot be read; copy the whole block again");
    }
  }

  @Override
  public String toString() {
    return label;
  }

  /**
   * The certificates in their order; keys beside them are left alone.
   *
   * @throws IllegalArgumentException if there is none, or one that cannot be read
   */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem block : read(text)) {
        if (block.label().equals("CERTIFICATE")) {
          var in = new ByteArrayInputStream(block.der());
          certificates.add((X509Certificate) factory.generateCertificate(in));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "holds a certificate that cannot be read; copy the whole block again", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "holds no certificate in PEM; it begins with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }
}
