package dev.floe.embedded.oci;

import static dev.floe.embedded.oci.Client.bytes;
import static dev.floe.embedded.oci.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and what a name can reach. */
class AccessTest {

  private static final byte[] BLOB = bytes("blob");

  @TempDir Path parent;

  private OciRegistryServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    WritePolicy devOnly =
        (repository, _, user, password) ->
            user != null
                    && List.of("ada", "ben").contains(user)
                    && "token".equals(password)
                    && repository.startsWith("dev/")
                ? new WritePolicy.Allowed(user, tag -> tag.startsWith("v"))
                : new WritePolicy.Denied("only ada may write, and only dev");
    var registry = new OciRegistry(parent.resolve("registry"), devOnly.orPassword("in-process"));
    server = OciRegistryServer.start(registry, 0);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_base_answers_200_and_tells_clients_to_send_credentials() {
    for (String path : new String[] {"/v2/", "/v2"}) {
      var base = client.get(path);
      assertThat(base.status()).isEqualTo(200);
      assertThat(base.header("WWW-Authenticate")).isEqualTo("Basic realm=\"floe\"");
    }
  }

  @Test
  void a_write_without_credentials_is_asked_for_them() {
    var asked = push("dev/app");
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.code()).isEqualTo("UNAUTHORIZED");
    assertThat(asked.header("WWW-Authenticate")).isEqualTo("Basic realm=\"floe\"");
    for (String authorization : new String[] {"Bearer x", "Basic ???", "Basic " + base64("ada")}) {
      assertThat(push("dev/app", "Authorization", authorization).status()).isEqualTo(401);
    }
  }

  @Test
  void a_write_that_is_not_allowed_is_denied_with_the_reason() {
    var denied = push("prod/app", "Authorization", basic("ada", "token"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.code()).isEqualTo("DENIED");
    assertThat(denied.text()).contains("only ada may write, and only dev");
    assertThat(push("dev/app", "Authorization", basic("ada", "wrong")).status()).isEqualTo(403);
    assertThat(push("dev/app", "Authorization", basic("eve", "token")).status()).isEqualTo(403);
    assertThat(client.get("/v2/_catalog").text()).isEqualTo("{\"repositories\":[]}");
  }

  @Test
  void who_may_write_writes_and_everyone_reads() {
    assertThat(push("dev/app", "Authorization", basic("ada", "token")).status()).isEqualTo(201);
    assertThat(client.get("/v2/dev/app/blobs/" + digest(BLOB)).bytes()).isEqualTo(BLOB);
  }

  @Test
  void the_secret_of_this_process_opens_every_repository() {
    assertThat(push("prod/app", "Authorization", basic("any", "in-process")).status())
        .isEqualTo(201);
  }

  @Test
  void every_write_asks_the_policy() {
    String[][] writes = {
      {"POST", "/v2/dev/app/blobs/uploads/"},
      {"POST", "/v2/dev/app/blobs/uploads/?mount=" + digest(BLOB) + "&from=dev/app"},
      {"PATCH", "/v2/dev/app/blobs/uploads/00000000-0000-0000-0000-000000000000"},
      {"PUT", "/v2/dev/app/blobs/uploads/00000000-0000-0000-0000-000000000000"},
      {"DELETE", "/v2/dev/app/blobs/uploads/00000000-0000-0000-0000-000000000000"},
      {"DELETE", "/v2/dev/app/blobs/" + digest(BLOB)},
      {"PUT", "/v2/dev/app/manifests/v1"},
      {"DELETE", "/v2/dev/app/manifests/v1"},
      {"DELETE", "/v2/dev/app/manifests/" + digest(BLOB)}
    };
    for (String[] write : writes) {
      assertThat(client.send(write[0], write[1]).status())
          .as(String.join(" ", write))
          .isEqualTo(401);
    }
  }

  @Test
  void an_upload_can_be_gone_on_with_and_given_up_by_whoever_began_it_alone() {
    String[] ada = {"Authorization", basic("ada", "token")};
    String[] ben = {"Authorization", basic("ben", "token")};
    String upload =
        client.send("POST", "/v2/dev/app/blobs/uploads/", new byte[0], ada).header("Location");

    for (String method : new String[] {"PATCH", "PUT", "DELETE"}) {
      String path = method.equals("PUT") ? upload + "?digest=" + digest(BLOB) : upload;
      assertThat(client.send(method, path, BLOB, ben).status()).as(method).isEqualTo(404);
    }
    assertThat(client.send("PATCH", upload, BLOB, ada).status()).isEqualTo(202);
    assertThat(client.send("DELETE", upload, new byte[0], ada).status()).isEqualTo(204);
    assertThat(client.send("PATCH", upload, BLOB, ada).status()).isEqualTo(404);
  }

  @Test
  void a_lasting_tag_that_stands_is_not_pointed_at_anything_else() {
    String[] ada = {"Authorization", basic("ada", "token")};
    byte[] first = bytes("{\"schemaVersion\":2,\"layers\":[]}");
    byte[] second = bytes("{\"schemaVersion\":2,\"layers\":[],\"annotations\":{\"a\":\"b\"}}");

    assertThat(tag("v1", first, ada).status()).isEqualTo(201);
    assertThat(tag("v1", first, ada).status()).isEqualTo(201);
    var refused = tag("v1", second, ada);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("DENIED");
    assertThat(refused.text()).contains("v1", digest(first));
    assertThat(client.get("/v2/dev/app/manifests/v1").bytes()).isEqualTo(first);
    assertThat(client.get("/v2/dev/app/manifests/" + digest(second)).status()).isEqualTo(404);

    assertThat(tag("latest", first, ada).status()).isEqualTo(201);
    assertThat(tag("latest", second, ada).status()).isEqualTo(201);
    String[] registrySync = {"Authorization", basic("any", "in-process")};
    assertThat(tag("v1", second, registrySync).status()).isEqualTo(201);
  }

  private Client.Answer tag(String tag, byte[] manifest, String... headers) {
    return client.send("PUT", "/v2/dev/app/manifests/" + tag, manifest, headers);
  }

  @Test
  void a_policy_that_fails_lets_nothing_through() throws Exception {
    WritePolicy broken =
        (_, _, _, _) -> {
          throw new IllegalStateException("the keys cannot be read");
        };
    try (var other = OciRegistryServer.start(new OciRegistry(parent.resolve("b"), broken), 0)) {
      var answer = new Client(other).push("dev/app", BLOB);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).doesNotContain("keys");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../dev",
        "dev/..",
        "dev/../prod/app",
        "%2e%2e/dev",
        "dev%2f..%2fprod",
        "dev/%2e%2e/%2e%2e/outside",
        "Dev/app",
        "dev//app",
        "/dev",
        "dev/",
        "_blobs",
        "dev/_tags",
        "dev/.hidden",
        "dev/app.",
        "dev/a%00b",
        "dev/a%0ab",
        "dev\\app",
        "dev/caf%C3%A9"
      })
  void a_name_that_is_none_gets_400_and_reaches_nothing(String name) throws Exception {
    String[] headers = {"Authorization", basic("any", "in-process")};
    String safe = name.replace("\\", "%5C");
    String upload = "/v2/" + safe + "/blobs/uploads/?digest=" + digest(BLOB);
    var refused = client.send("POST", upload, BLOB, headers);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("NAME_INVALID");
    assertThat(client.get("/v2/" + safe + "/manifests/v1").code()).isEqualTo("NAME_INVALID");
    assertThat(client.get("/v2/" + safe + "/tags/list").code()).isEqualTo("NAME_INVALID");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_name_longer_than_255_is_none() {
    assertThat(client.get("/v2/" + "a".repeat(255) + "/tags/list").code())
        .isEqualTo("NAME_UNKNOWN");
    assertThat(client.get("/v2/" + "a".repeat(256) + "/tags/list").code())
        .isEqualTo("NAME_INVALID");
  }

  @Test
  void a_tag_or_an_upload_that_is_a_path_reaches_nothing() throws Exception {
    String[] headers = {"Authorization", basic("any", "in-process")};
    for (String tag : new String[] {"..", "%2e%2e", ".x", "-x", "a%20b", "a".repeat(129)}) {
      var refused = client.send("PUT", "/v2/dev/app/manifests/" + tag, bytes("{}"), headers);
      assertThat(refused.status()).as(tag).isEqualTo(400);
    }
    assertThat(files()).isEmpty();
    client.send("POST", "/v2/dev/app/blobs/uploads/", new byte[0], headers);
    for (String id : new String[] {"..", ".", "%2e%2e", "..%2F_tags", "x", "%2F"}) {
      String path = "/v2/dev/app/blobs/uploads/" + id;
      for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
        assertThat(client.send(method, path, BLOB, headers).status())
            .as(method + " " + id)
            .isIn(404, 405);
      }
    }
  }

  @Test
  void what_no_path_takes_gets_405_and_what_is_no_path_404() {
    assertThat(client.send("POST", "/v2/").header("Allow")).isEqualTo("GET, HEAD");
    assertThat(client.send("PUT", "/v2/dev/app/blobs/" + digest(BLOB)).status()).isEqualTo(405);
    assertThat(client.send("POST", "/v2/dev/app/tags/list").code()).isEqualTo("UNSUPPORTED");
    for (String path :
        new String[] {"/", "/v1/", "/v2x", "/v2/app", "/v2/_x", "/v2/manifests/v1"}) {
      assertThat(client.get(path).status()).as(path).isEqualTo(404);
    }
  }

  private Client.Answer push(String repository, String... headers) {
    String path = "/v2/%s/blobs/uploads/?digest=%s".formatted(repository, digest(BLOB));
    return client.send("POST", path, BLOB, headers);
  }

  /** Every file below the folder of the test, in the registry or not. */
  private List<Path> files() throws IOException {
    try (var paths = Files.walk(parent)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static String basic(String user, String password) {
    return "Basic " + base64(user + ":" + password);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
