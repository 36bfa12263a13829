package dev.floe.oci.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.oci.testing.Certificates;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class ContextsTest {

  private static List<X509Certificate> roots(List<X509Certificate> more) throws Exception {
    TrustManager[] managers = Contexts.trust(more);
    return List.of(((X509TrustManager) managers[0]).getAcceptedIssuers());
  }

  @Test
  void what_the_runtime_trusts_is_trusted_beside_the_own_ca() throws Exception {
    X509Certificate ca = Certificates.of("ca").ca().certificate();
    List<X509Certificate> runtime = roots(List.of());

    assertThat(runtime).isNotEmpty().doesNotContain(ca);
    assertThat(roots(List.of(ca))).contains(ca).containsAll(runtime);
  }
}
