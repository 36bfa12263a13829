package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

  private static final byte[] KEY = new byte[32];

  @TempDir Path data;

  private final FakeFloe floe =
      FakeFloe.start()
          .on(
              "GET /api/v1/whoami",
              200,
              "{\"user\":\"ada@acme.com\",\"kind\":\"user\",\"teams\":[]}");

  @AfterEach
  void stop() {
    floe.close();
  }

  private Cli embedded() throws IOException {
    Files.writeString(
        data.resolve("floe.json"),
        "{\"url\":\"%s\",\"pid\":\"%d\"}".formatted(floe.url(), ProcessHandle.current().pid()));
    Files.writeString(
        data.resolve("identity.key"), Base64.getUrlEncoder().withoutPadding().encodeToString(KEY));
    return Cli.alone().with("FLOE_DATA", data.toString());
  }

  @Test
  void finds_the_server_in_the_data_folder_and_signs_in_with_its_key()
      throws IOException, GeneralSecurityException {
    Run run = embedded().run("auth", "whoami", "--user", "ada@acme.com");

    assertThat(run.exitCode()).isZero();
    String bearer = floe.requests().getFirst().header("Authorization");
    String[] parts = String.valueOf(bearer).replace("Bearer ", "").split("\\.", -1);
    assertThat(decode(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"floe-user+jwt\"}");
    Doc claims = Documents.parse(decode(parts[1]));
    assertThat(claims.members())
        .containsExactly(
            Map.entry("iss", "floe"),
            Map.entry("aud", "floe"),
            Map.entry("sub", "ada@acme.com"),
            Map.entry("iat", (int) Cli.NOW.getEpochSecond()),
            Map.entry("exp", (int) Cli.NOW.getEpochSecond() + 300));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(parts[2])
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
  }

  @Test
  void names_a_person_by_variable_or_else_by_the_operating_system() throws IOException {
    embedded().with("FLOE_USER", "ben@acme.com").run("auth", "whoami");
    Run token = embedded().run("auth", "token", "--life=2h", "-o", "json");

    String bearer = String.valueOf(floe.requests().getFirst().header("Authorization"));
    assertThat(decode(bearer.split("\\.", -1)[1])).contains("\"sub\":\"ben@acme.com\"");
    assertThat(token.json().text("user")).isEqualTo(System.getProperty("user.name") + "@localhost");
    assertThat(token.json().text("expiresAt")).isEqualTo("2024-01-15T18:00:00Z");
    assertThat(embedded().run("auth", "token", "--life=13h").exitCode()).isEqualTo(2);
  }

  @Test
  void says_how_it_signed_in() throws IOException {
    assertThat(embedded().run("auth", "login").out())
        .contains("Signed in at " + floe.url() + " as ada@acme.com")
        .contains("proves the flow, not the person");
    assertThat(Cli.at(floe).run("auth", "login").out()).contains("By the token that was given");
    assertThat(Cli.alone().run("--url", floe.url(), "auth", "login").exitCode()).isEqualTo(12);
  }

  @Test
  void sends_no_token_of_this_machine_elsewhere() throws IOException {
    Run run =
        embedded()
            .with("HOME", data.toString())
            .with("FLOE_DATA", "")
            .run("--url", "http://floe.invalid:1", "auth", "login");

    assertThat(run.err()).contains("neither a token nor a key");
    assertThat(run.exitCode()).isEqualTo(12);
  }

  @Test
  void says_how_to_start_what_does_not_listen() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Run run =
        Cli.alone().run("--url", "http://127.0.0.1:" + port, "platform", "status", "-o", "json");

    assertThat(run.json().doc("error").text("code")).isEqualTo("service-unreachable");
    assertThat(run.json().doc("error").text("hint")).contains("floe up");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(Cli.alone().run("platform", "status").err()).contains("has no floe.json");
    assertThat(Cli.alone().run("--url", "ftp://x", "platform", "status").exitCode()).isEqualTo(2);
  }

  @Test
  void makes_something_of_answers_that_are_no_problem_documents() {
    floe.on("GET /api/v1/status", 401, "")
        .on("GET /api/v1/status", 502, "<html>")
        .on("GET /api/v1/status", 500, "");
    Cli cli = Cli.at(floe);

    assertThat(cli.run("platform", "status").exitCode()).isEqualTo(12);
    assertThat(cli.run("platform", "status").exitCode()).isEqualTo(5);
    assertThat(cli.run("platform", "status").exitCode()).isEqualTo(1);
  }

  @Test
  void doctor_says_what_is_reachable_and_what_is_not() throws IOException {
    floe.on("GET /health/readiness", 200, "{\"status\":\"UP\",\"parts\":{}}")
        .on("GET /api/v1/manifest", 200, "{\"revision\":7,\"manifest\":{}}");
    Cli cli = embedded();

    // The clock of the test stands in the past, which is what doctor then finds.
    Run run = cli.run("doctor");

    assertThat(run.out())
        .contains("✓ identity         ada@acme.com")
        .contains("✓ manifest         revision 7")
        .contains("✗ server           its clock differs by")
        .contains("✗ Kafka            '' is not host:port");
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  void doctor_says_what_is_wrong_with_a_server_that_is_ready_otherwise_and_what_to_do()
      throws IOException {
    floe.on(
            "GET /health/readiness",
            200,
            """
            {"status":"UP","parts":{"gate-runner":"UP"},"troubles":[{"part":"gate-runner",
             "what":"nothing is decided about it","where":"floe-platform",
             "fix":"floe platform resume floe-platform"}]}
            """)
        .on("GET /api/v1/manifest", 200, "{\"revision\":7,\"manifest\":{}}");
    Cli cli = embedded();

    Run run = cli.run("doctor");

    assertThat(run.out())
        .contains(
            """
            ✗ gate-runner      floe-platform: nothing is decided about it
                               → floe platform resume floe-platform
            """);
    assertThat(run.exitCode()).isEqualTo(5);
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
