package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the HTTP API says what the running server does: no path more, none less. */
class OpenApiIT {

  private static final Pattern LINE =
      Pattern.compile("^  (/\\S*):$|^    (get|put|post|delete|patch):$", Pattern.MULTILINE);

  @Test
  void every_route_of_the_api_is_described_and_every_description_is_a_route() throws IOException {
    assertThat(served()).isEqualTo(described());
  }

  private static Set<String> served() {
    return Whole.running()
        .system()
        .http()
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
        .filter(route -> route.contains(" /api/") || route.contains(" /health/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> described() throws IOException {
    Set<String> described = new TreeSet<>();
    String path = "";
    try (InputStream in = OpenApiIT.class.getResourceAsStream("/web/openapi.yaml")) {
      Matcher lines = LINE.matcher(new String(in.readAllBytes(), UTF_8));
      while (lines.find()) {
        if (lines.group(1) != null) {
          path = lines.group(1);
        } else {
          described.add(lines.group(2).toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    return described;
  }
}
