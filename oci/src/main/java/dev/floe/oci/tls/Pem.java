package dev.floe.oci.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads texts in PEM (RFC 7468); what stands between the blocks is for people. */
final class Pem {

  private Pem() {}

  /**
   * All blocks in their order.
   *
   * @throws IllegalArgumentException if one has no end, or is not Base64
   */
  static List<PemObject> blocks(String text) {
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        blocks.add(block);
      }
    } catch (IOException | DecoderException e) {
      throw new IllegalArgumentException("cannot be read; copy the whole block again", e);
    }
    return blocks;
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
      for (PemObject block : blocks(text)) {
        if (block.getType().equals("CERTIFICATE")) {
          var in = new ByteArrayInputStream(block.getContent());
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
