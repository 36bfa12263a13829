package dev.floe.oci.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** A CA of its own, and the certificates it issues, made without any tool. */
public final class Certificates {

  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
  private static final byte[] VERSION_3 = hex("a003020102");
  private static final byte[] IS_CA = hex("300f0603551d130101ff040530030101ff");
  private static final byte[] ALTERNATIVE_NAME = hex("0603551d11");
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final char[] SECRET = "changeit".toCharArray();

  /** A certificate and its key. */
  public record Issued(X509Certificate certificate, KeyPair keys) {

    public String pem() {
      return Certificates.pem("CERTIFICATE", encoded(certificate));
    }

    /** The key as PKCS#8. */
    public String keyPem() {
      return Certificates.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }
  }

  private final Issued ca;

  private Certificates(Issued ca) {
    this.ca = ca;
  }

  /** A CA for the next hours. */
  public static Certificates of(String name) {
    return of(name, Instant.now().plus(Duration.ofHours(3)));
  }

  public static Certificates of(String name, Instant until) {
    KeyPair keys = keys("EC", 256);
    return new Certificates(issue(name, keys, name, keys, IS_CA, until));
  }

  public Issued ca() {
    return ca;
  }

  /** A server's certificate, for an address or a host's name. */
  public Issued server(String host) {
    byte[] name =
        host.matches("[0-9.]+")
            ? element(0x87, InetAddress.ofLiteral(host).getAddress())
            : element(0x82, host.getBytes(StandardCharsets.US_ASCII));
    byte[] extension = element(0x30, ALTERNATIVE_NAME, element(0x04, element(0x30, name)));
    return issue(host, keys("EC", 256), extension, Instant.now().plus(Duration.ofHours(2)));
  }

  public Issued client(String name) {
    return client(name, keys("EC", 256), Instant.now().plus(Duration.ofHours(2)));
  }

  public Issued client(String name, KeyPair keys, Instant until) {
    return issue(name, keys, new byte[0], until);
  }

  /** What a server runs with that has the certificate and trusts this CA about its clients. */
  public SSLContext context(Issued server) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      X509Certificate[] chain = {server.certificate(), ca.certificate()};
      store.setKeyEntry("own", server.keys().getPrivate(), SECRET, chain);
      store.setCertificateEntry("ca", ca.certificate());
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(store, SECRET);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
  }

  private Issued issue(String name, KeyPair keys, byte[] extension, Instant until) {
    String by = ca.certificate().getSubjectX500Principal().getName().substring("CN=".length());
    return issue(name, keys, by, ca.keys(), extension, until);
  }

  private static Issued issue(
      String name, KeyPair keys, String by, KeyPair issuer, byte[] extension, Instant until) {
    byte[] body =
        element(
            0x30,
            VERSION_3,
            element(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
            ECDSA_WITH_SHA256,
            new X500Principal("CN=" + by).getEncoded(),
            element(0x30, time(until.minus(Duration.ofDays(2))), time(until)),
            new X500Principal("CN=" + name).getEncoded(),
            keys.getPublic().getEncoded(),
            extension.length == 0 ? extension : element(0xa3, element(0x30, extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuer.getPrivate());
      signature.update(body);
      byte[] bits = element(0x03, new byte[] {0}, signature.sign());
      var whole = new ByteArrayInputStream(element(0x30, body, ECDSA_WITH_SHA256, bits));
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return new Issued((X509Certificate) factory.generateCertificate(whole), keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(Instant time) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(time);
    return element(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.size() >= 0x100) {
      out.write(0x82);
      out.write(content.size() >> 8);
    } else if (content.size() >= 0x80) {
      out.write(0x81);
    }
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
