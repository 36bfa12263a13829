package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.INDEX;
import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static dev.floe.embedded.oci.Client.index;
import static dev.floe.embedded.oci.Client.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that others wrote copies an index in and out, where it is installed. */
class SkopeoTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void skopeo_copies_an_index_in_and_out_and_every_digest_stays() throws Exception {
    assumeThat(onPath("skopeo")).as("skopeo on the PATH").isTrue();
    byte[] one = manifest("\"annotations\": {\"n\": \"1\"},", "one");
    byte[] two = manifest("\"annotations\": {\"n\": \"2\"},", "two");
    byte[] all = index(one, two);
    layout(all, one, two, bytes("{}"), bytes("one"), bytes("two"));
    var registry = new OciRegistry(folder.resolve("registry"), WritePolicy.password("secret"));
    // By HTTPS: it tries that first, and waits ten seconds for a plain server to answer it.
    try (var server = OciRegistryServer.start(registry, 0, certificate())) {
      String there = "docker://%s/dev/floe-platform:v1".formatted(server.host());
      run(
          "skopeo",
          "copy",
          "--all",
          "--preserve-digests",
          "--dest-tls-verify=false",
          "--dest-creds=ada:secret",
          "oci:in:v1",
          there);
      run(
          "skopeo",
          "copy",
          "--all",
          "--preserve-digests",
          "--src-tls-verify=false",
          there,
          "oci:out:v1");
    }
    for (byte[] content : List.of(all, one, two, bytes("{}"), bytes("one"), bytes("two"))) {
      assertThat(folder.resolve("out").resolve(blob(content))).hasBinaryContent(content);
    }
    assertThat(Files.readString(folder.resolve("out/index.json"))).contains(digest(all));
  }

  private void layout(byte[] index, byte[]... others) throws Exception {
    Path layout = folder.resolve("in");
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    String top =
        Client.descriptor(INDEX, index)
            .replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}");
    Files.writeString(
        layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(top));
    Files.write(layout.resolve(blob(index)), index);
    for (byte[] other : others) {
      Files.write(layout.resolve(blob(other)), other);
    }
  }

  private static String blob(byte[] content) {
    return "blobs/" + digest(content).replace(':', '/');
  }

  private SSLContext certificate() throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    run(
        keytool.toString(),
        "-genkeypair",
        "-alias",
        "registry",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "SAN=IP:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        "keys",
        "-storepass",
        new String(PASSWORD));
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream keys = Files.newInputStream(folder.resolve("keys"))) {
      store.load(keys, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void run(String... command) throws Exception {
    Path output = folder.resolve("output");
    var process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
