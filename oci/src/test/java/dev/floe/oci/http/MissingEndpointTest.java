package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingEndpointTest {

  private static final String REPOSITORY = "dev/app";

  private final AtomicLong now = new AtomicLong(-5);
  private final MissingEndpoint missing = new MissingEndpoint(now::get);

  private void learn(int status, String body) {
    missing.learn(REPOSITORY, status, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void an_endpoint_is_there_until_the_contrary_is_known() {
    assertThat(missing.isMissing(REPOSITORY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | 404 page not found",
        "404 | {\"errors\":[{\"code\":\"UNSUPPORTED\"}]}",
        "404 | {}",
      })
  void who_does_not_know_the_path_does_not_have_the_endpoint(int status, String body) {
    learn(status, body);

    assertThat(missing.isMissing(REPOSITORY)).isTrue();
    assertThat(missing.isMissing("dev/other")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}",
        "404 | {\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}",
        "400 | no",
        "405 | no",
      })
  void who_only_misses_the_repository_may_have_the_endpoint(int status, String body) {
    learn(status, body);

    assertThat(missing.isMissing(REPOSITORY)).isFalse();
  }

  @Test
  void is_believed_for_half_a_minute_only_for_registries_are_upgraded() {
    learn(404, "");

    now.addAndGet(MissingEndpoint.BELIEVED.toNanos() - 1);
    assertThat(missing.isMissing(REPOSITORY)).isTrue();
    now.addAndGet(1);
    assertThat(missing.isMissing(REPOSITORY)).isFalse();
  }

  @Test
  void a_registry_that_shows_that_it_has_the_endpoint_is_believed_at_once() {
    learn(404, "");

    missing.forget(REPOSITORY);

    assertThat(missing.isMissing(REPOSITORY)).isFalse();
  }
}
