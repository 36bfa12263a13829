package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.http.Takes;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The description of the HTTP API says what the running server does: no path more, none less. */
class OpenApiIT {

  private static final Pattern LINE =
      Pattern.compile(
          "^  (/\\S*):$|^    (get|put|post|delete|patch):$|^ +- \\{name: (\\w+), in: query,",
          Pattern.MULTILINE);

  private final Whole whole = Whole.running();

  @Test
  void every_route_and_its_parameters_are_described_and_every_description_is_a_route()
      throws IOException {
    Map<String, Set<String>> served = new TreeMap<>();
    routes()
        .forEach(
            route ->
                served.put(
                    name(route),
                    new TreeSet<>(
                        Set.of(route.getAnnotationMetadata().stringValues(Takes.class)))));

    assertThat(served).isEqualTo(described());
  }

  @TestFactory
  Stream<DynamicTest> no_route_takes_a_parameter_that_it_does_not_know() {
    return routes()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    name(route),
                    () -> {
                      Reply refused = ask(route, path(route) + "?artefact=x", "{}");

                      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
                      assertThat(refused.text("detail")).contains("no parameter 'artefact'");
                      if (takes(route).contains("artifact")) {
                        assertThat(refused.text("hint")).contains("'artifact'");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> no_route_takes_a_body_that_means_nothing_to_it() {
    return routes()
        .filter(route -> route.getHttpMethodName().equals("POST"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    name(route),
                    () -> {
                      for (String body : new String[] {"{\"dryrun\":true}", "{} {}", "[]", "{"}) {
                        Reply refused = ask(route, path(route), body);

                        assertThat(refused.status()).as(body + refused).isEqualTo(400);
                        assertThat(refused.code()).isEqualTo("bad-request");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> every_path_says_which_methods_it_takes() {
    return routes()
        .map(OpenApiIT::path)
        .distinct()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      Reply refused = whole.door().as(Whole.OWNER).send("DELETE", path, null);

                      assertThat(refused.status()).as(refused.toString()).isEqualTo(405);
                      assertThat(refused.body().whole("status")).hasValue(405);
                      assertThat(refused.code()).isEqualTo("method-not-allowed");
                      assertThat(refused.header("Allow")).isPresent();
                      assertThat(refused.header("Content-Type"))
                          .hasValue("application/problem+json");
                    }));
  }

  @Test
  void what_a_path_does_not_speak_is_told_under_its_own_status() {
    Person owner = whole.door().as(Whole.OWNER);
    byte[] body = "<version>v1.0.0</version>".getBytes(UTF_8);

    Reply unsupported = owner.send("POST", "/api/v1/promotions", body, "Content-Type", "text/xml");
    assertThat(unsupported.status()).isEqualTo(415);
    assertThat(unsupported.code()).isEqualTo("unsupported-media-type");
    Reply unacceptable = owner.send("GET", "/api/v1/status", null, "Accept", "application/pdf");
    assertThat(unacceptable.status()).isEqualTo(406);
    assertThat(unacceptable.code()).isEqualTo("not-acceptable");
    Reply unknown = owner.get("/api/v1/nothing");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("not-found");
  }

  private Reply ask(UriRouteInfo<?, ?> route, String path, String body) {
    Person owner = whole.door().as(Whole.OWNER);
    return switch (route.getHttpMethodName()) {
      case "POST" -> owner.post(path, body);
      case "PUT" -> owner.put(path, new byte[0], "application/x-tar");
      default -> owner.get(path);
    };
  }

  private Stream<UriRouteInfo<?, ?>> routes() {
    return whole
        .system()
        .http()
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .filter(route -> path(route).startsWith("/api/") || path(route).startsWith("/health/"));
  }

  private static Set<String> takes(UriRouteInfo<?, ?> route) {
    return Set.of(route.getAnnotationMetadata().stringValues(Takes.class));
  }

  private static String name(UriRouteInfo<?, ?> route) {
    return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
  }

  /** The route's path with something in the place of each variable. */
  private static String path(UriRouteInfo<?, ?> route) {
    return route
        .getUriMatchTemplate()
        .toPathString()
        .replace("{version}", "v1.0.0")
        .replace("{env}", "staging")
        .replaceAll("\\{[^}]*}", "unknown");
  }

  private static Map<String, Set<String>> described() throws IOException {
    Map<String, Set<String>> described = new TreeMap<>();
    String path = "";
    Set<String> parameters = new TreeSet<>();
    try (InputStream in = OpenApiIT.class.getResourceAsStream("/web/openapi.yaml")) {
      Matcher lines = LINE.matcher(new String(in.readAllBytes(), UTF_8));
      while (lines.find()) {
        if (lines.group(1) != null) {
          path = lines.group(1);
        } else if (lines.group(2) != null) {
          parameters = new TreeSet<>();
          described.put(lines.group(2).toUpperCase(Locale.ROOT) + " " + path, parameters);
        } else {
          parameters.add(lines.group(3));
        }
      }
    }
    return described;
  }
}
