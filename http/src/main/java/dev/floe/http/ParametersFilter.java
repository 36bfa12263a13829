package dev.floe.http;

import dev.floe.manifest.FreeText;
import dev.floe.manifest.ProblemCode;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Refuses query parameters that the route does not take, or that come twice: what has no effect
 * must not look as if it had.
 */
@ServerFilter({"/api/**", "/health/**"})
final class ParametersFilter implements Ordered {

  /** Behind the sign-in. */
  @Override
  public int getOrder() {
    return 10;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .ifPresent(route -> check(request, route.getAnnotationMetadata()));
  }

  private static void check(HttpRequest<?> request, AnnotationMetadata route) {
    List<String> taken = Arrays.asList(route.stringValues(Takes.class));
    for (Map.Entry<String, List<String>> given : request.getParameters()) {
      String name = given.getKey();
      if (!taken.contains(name)) {
        throw bad(
            "%s takes no parameter '%s'.".formatted(request.getPath(), FreeText.quoted(name)),
            BodyProblems.meant(name, taken));
      }
      if (given.getValue().size() > 1) {
        throw bad("The parameter '%s' is given twice.".formatted(name), "Send it once.");
      }
    }
  }

  private static ProblemException bad(String detail, String hint) {
    return new ProblemException(ProblemCode.BAD_REQUEST, detail, hint);
  }
}
