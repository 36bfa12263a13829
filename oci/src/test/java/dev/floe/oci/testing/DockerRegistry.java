package dev.floe.oci.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Distribution's registry (Debian: {@code docker-registry}) as a child process: no referrers API,
 * no deleting of tags, no protection of any tag.
 */
public final class DockerRegistry implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String LOOPBACK = "127.0.0.1";

  /** Loopback too, but not by a name that stands for plain HTTP. */
  private static final String SECURE_LOOPBACK = "127.0.0.2";

  private final Process process;
  private final String address;
  private final int port;

  private DockerRegistry(Process process, String address, int port) {
    this.process = process;
    this.address = address;
    this.port = port;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts one on a free port that keeps its files in the folder, and waits until it answers. */
  public static DockerRegistry start(Path folder) {
    return start(folder, LOOPBACK, "");
  }

  /** Starts one that speaks TLS, with this CA's certificate and only to those who show one. */
  public static DockerRegistry startSecure(Path folder, Certificates ca) {
    try {
      Files.createDirectories(folder);
      Certificates.Issued server = ca.server(SECURE_LOOPBACK);
      Path certificate = Files.writeString(folder.resolve("server.pem"), server.pem());
      Path key = Files.writeString(folder.resolve("server.key"), server.keyPem());
      Path clients = Files.writeString(folder.resolve("clients.pem"), ca.ca().pem());
      String tls =
          ", tls: {certificate: %s, key: %s, clientcas: [%s]}".formatted(certificate, key, clients);
      return start(folder, SECURE_LOOPBACK, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DockerRegistry start(Path folder, String address, String tls) {
    try {
      int port = freePort(address);
      Path config = Files.createDirectories(folder).resolve("config.yml");
      Files.writeString(config, configuration(folder, address + ":" + port + tls));
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("registry.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      DockerRegistry registry = new DockerRegistry(process, address, port);
      registry.awaitReady();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort(String address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(Path folder, String http) {
    return """
        version: 0.1
        log: {level: warn}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http: {addr: %s}
        validation: {manifests: {urls: {allow: ["^https?://"]}}}
        """
        .formatted(folder.resolve("data"), http);
  }

  private void awaitReady() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > until || !process.isAlive()) {
        close();
        throw new IllegalStateException("docker-registry does not start on port " + port);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private boolean answers() {
    if (address.equals(SECURE_LOOPBACK)) {
      return accepts();
    }
    try {
      URI uri = URI.create("http://" + host() + "/v2/");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /** It listens once it is ready. */
  private boolean accepts() {
    try (Socket _ = new Socket(InetAddress.ofLiteral(address), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  public String host() {
    return address + ":" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
