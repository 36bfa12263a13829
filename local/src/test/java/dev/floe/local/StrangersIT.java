package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every door but Kafka's, tried by somebody on the same machine without a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersIT {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  /** One route of the running server, with a path that it matches. */
  private record Route(String method, String template, String path) {

    static Route of(String method, String template) {
      String path = template.replace("{/path:.*}", rest(method, template));
      return new Route(method, template, path.replaceAll("\\{[^}]*}", "x"));
    }

    /** What the two doors that take whole subtrees understand. */
    private static String rest(String method, String template) {
      if (template.startsWith("/schema-registry")) {
        return method.equals("POST") ? "/subjects/x/versions" : "/config/x";
      }
      return switch (method) {
        case "POST" -> "/dev/strange/blobs/uploads/";
        case "PATCH" -> "/dev/strange/blobs/uploads/x";
        default -> "/dev/strange/manifests/v1.0.0-dev";
      };
    }
  }

  private List<Route> routes() {
    return whole
        .system()
        .http()
        .getBean(Router.class)
        .uriRoutes()
        .map(route -> Route.of(route.getHttpMethodName(), route.getUriMatchTemplate().toString()))
        .distinct()
        .toList();
  }

  @TestFactory
  @Requirement("330.9")
  Stream<DynamicTest> no_mutation_of_the_running_server_goes_without_a_token() {
    return routes().stream()
        .filter(route -> !READING.contains(route.method()))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.method() + " " + route.template(), () -> assertGuarded(route)));
  }

  private void assertGuarded(Route route) {
    for (String type : List.of("application/json", "application/x-tar", "application/yaml")) {
      int status =
          whole
              .door()
              .nobody()
              .raw(route.method(), route.path(), "{}".getBytes(UTF_8), "Content-Type", type)
              .statusCode();
      assertThat(status)
          .as("%s %s as %s", route.method(), route.path(), type)
          .isIn(isNoMutation(route) ? List.of(401, 405) : List.of(401));
    }
  }

  /** Schemas are never deleted, by anybody. */
  private static boolean isNoMutation(Route route) {
    return route.method().equals("DELETE") && route.path().startsWith("/schema-registry/");
  }

  @Test
  void the_walk_has_found_the_doors_it_should_try() {
    assertThat(routes())
        .extracting(route -> route.method() + " " + route.path())
        .contains(
            "POST /api/v1/promotions",
            "POST /api/v1/promotions/x/cancel",
            "POST /api/v1/approvals/x/decisions",
            "POST /api/v1/artifacts/x/versions",
            "PUT /api/v1/artifacts/x/versions/x/files",
            "PUT /api/v1/manifest",
            "PUT /v2/dev/strange/manifests/v1.0.0-dev",
            "POST /schema-registry/subjects/x/versions");
  }

  @TestFactory
  Stream<DynamicTest> no_read_of_the_api_goes_without_a_token() {
    return routes().stream()
        .filter(route -> route.method().equals("GET") && route.path().startsWith("/api/"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.template(),
                    () ->
                        assertThat(
                                whole.door().nobody().raw("GET", route.path(), null).statusCode())
                            .isEqualTo(401)));
  }

  @Test
  void the_registry_is_read_by_all_and_written_in_its_first_namespace_by_publishers_alone() {
    Course course = whole.course("strange", "v1.0.0");
    String digest = course.publish();
    course.reach("staging");
    assertThat(whole.registry().digest("staging/strange", "v1.0.0-staging")).contains(digest);
    var ping = whole.door().nobody().raw("GET", "/v2/", null);
    assertThat(ping.statusCode()).isEqualTo(200);
    assertThat(ping.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");

    for (String environment : List.of("staging", "prod", "nowhere")) {
      assertThat(upload(environment, basic("x", whole.door().token(Course.DANA))))
          .as(environment)
          .isEqualTo(403);
    }
    assertThat(upload("dev", basic("x", whole.door().token(Course.DANA)))).isEqualTo(202);
    assertThat(upload("dev", basic("registry-sync", "guessed"))).isIn(401, 403);
    assertThat(upload("staging", basic("registry-sync", "guessed"))).isIn(401, 403);
    int deleted =
        whole
            .door()
            .with(basic("x", whole.door().token(Course.DANA)))
            .raw("DELETE", "/v2/dev/strange/manifests/v1.0.0-dev", null)
            .statusCode();
    assertThat(deleted).isEqualTo(403);
    Person dana = whole.door().with(basic("x", whole.door().token(Course.DANA)));
    byte[] other = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
    for (String tag : List.of("v1.0.0-dev", "mine")) {
      int moved = dana.raw("PUT", "/v2/dev/strange/manifests/" + tag, other).statusCode();
      assertThat(moved).as(tag).isEqualTo(tag.equals("v1.0.0-dev") ? 409 : 201);
    }
    assertThat(whole.registry().digest("dev/strange", "v1.0.0-dev")).contains(digest);
  }

  private int upload(String environment, String authorization) {
    return whole
        .door()
        .with(authorization)
        .raw("POST", "/v2/%s/strange/blobs/uploads/".formatted(environment), new byte[0])
        .statusCode();
  }

  private static String basic(String user, String password) {
    return "Basic "
        + java.util.Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  @Test
  void the_schema_registry_is_read_by_all_and_registers_for_services_alone() {
    assertThat(whole.door().nobody().raw("GET", "/schema-registry/subjects", null).statusCode())
        .isEqualTo(200);
    byte[] schema = "{\"schema\":\"\\\"string\\\"\"}".getBytes(UTF_8);
    for (Person stranger :
        List.of(
            whole.door().nobody(),
            whole.door().with("Bearer guessed"),
            whole.door().as(Whole.OWNER))) {
      assertThat(
              stranger
                  .raw("POST", "/schema-registry/subjects/strange-x/versions", schema)
                  .statusCode())
          .isEqualTo(401);
    }
    assertThat(
            whole
                .door()
                .nobody()
                .raw("GET", "/schema-registry/subjects/strange-x/versions", null)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_name_that_was_made_to_point_here_is_no_way_in() throws IOException {
    for (String path :
        List.of("/api/v1/status", "/v2/", "/health/readiness", "/schema-registry/")) {
      assertThat(statusLine(path, "evil.example.com")).as(path).contains(" 403 ");
      assertThat(statusLine(path, "evil.example.com:" + whole.port())).as(path).contains(" 403 ");
    }
    assertThat(statusLine("/health/readiness", "localhost:" + whole.port())).contains(" 200 ");
  }

  private String statusLine(String path, String host) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), whole.port())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, UTF_8).lines().findFirst().orElse("");
    }
  }

  @Test
  void postgresql_lets_in_nobody_without_the_password_and_the_services_rule_nothing_else()
      throws Exception {
    Path folder = whole.data().resolve("postgres");
    String port = ports(folder).getProperty("server");
    String url = "jdbc:postgresql://127.0.0.1:%s/".formatted(port);

    for (String user : List.of("floe", "floe_admin", "postgres")) {
      for (String password : List.of("", user, "postgres")) {
        for (String database : List.of("floe", "postgres", "template1")) {
          assertThatThrownBy(() -> DriverManager.getConnection(url + database, user, password))
              .as("%s with '%s' into %s", user, password, database)
              .isInstanceOf(SQLException.class);
        }
      }
    }
    String password = Files.readString(folder.resolve("services.password")).strip();
    assertThatThrownBy(() -> DriverManager.getConnection(url + "postgres", "floe", password))
        .isInstanceOf(SQLException.class);
    try (var services = DriverManager.getConnection(url + "floe", "floe", password);
        var statement = services.createStatement();
        var row =
            statement.executeQuery(
                "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname ="
                    + " current_user")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).isFalse();
    }
  }

  @Test
  void secrets_are_for_the_owner_of_the_folder_alone() throws IOException {
    try (Stream<Path> files = Files.walk(whole.data(), 2)) {
      List<Path> secrets =
          files
              .filter(file -> file.toString().matches(".*\\.(key|password|secret|token)"))
              .toList();
      assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
      for (Path secret : secrets) {
        assertThat(
                java.nio.file.attribute.PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(secret)))
            .as(secret.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(Files.readString(whole.data().resolve("floe.json"))).doesNotContain("password");
  }

  static Properties ports(Path folder) throws IOException {
    var ports = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve("ports.properties"))) {
      ports.load(in);
    }
    return ports;
  }
}
