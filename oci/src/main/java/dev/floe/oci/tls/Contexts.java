package dev.floe.oci.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts that trust what the runtime trusts, and more. */
final class Contexts {

  /** Guards nothing: the store lives in memory only. */
  private static final char[] SECRET = "memory".toCharArray();

  /** Who we are. */
  record Identity(List<X509Certificate> chain, PrivateKey key) {}

  private Contexts() {}

  /**
   * A context of its own.
   *
   * @param more trusted besides what the runtime trusts
   * @param identity shown to whoever asks; nobody's if null
   */
  static SSLContext make(List<X509Certificate> more, @Nullable Identity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity == null ? null : keys(identity), trust(more), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  private static KeyManager[] keys(Identity identity) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
    store.setKeyEntry("client", identity.key(), SECRET, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, SECRET);
    return factory.getKeyManagers();
  }

  static TrustManager[] trust(List<X509Certificate> more)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory runtime = trustFactory(null);
    if (more.isEmpty()) {
      return runtime.getTrustManagers();
    }
    KeyStore store = emptyStore();
    for (TrustManager manager : runtime.getTrustManagers()) {
      if (manager instanceof X509TrustManager roots) {
        add(store, "runtime", List.of(roots.getAcceptedIssuers()));
      }
    }
    add(store, "more", more);
    return trustFactory(store).getTrustManagers();
  }

  private static void add(KeyStore store, String name, List<X509Certificate> certificates)
      throws GeneralSecurityException {
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry(name + store.size(), certificate);
    }
  }

  private static TrustManagerFactory trustFactory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
