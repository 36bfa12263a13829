package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a signed-in browser's cookie opens, and what it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  private HttpResponse<byte[]> signIn() {
    URI link = URI.create(link());
    return whole.door().nobody().raw("GET", link.getPath() + "?" + link.getQuery(), null);
  }

  private String link() {
    return whole.door().as(DANA).post("/api/v1/sign-in-codes", "{}").text("url");
  }

  private static String cookie(HttpResponse<byte[]> signedIn) {
    return signedIn.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
  }

  private int status(String method, String path, String... headers) {
    return whole.door().nobody().raw(method, path, null, headers).statusCode();
  }

  @Test
  void a_link_signs_in_once_and_is_no_bearer() {
    URI link = URI.create(link());
    String path = link.getPath() + "?" + link.getQuery();

    HttpResponse<byte[]> first = whole.door().nobody().raw("GET", path, null);

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Set-Cookie").orElse(""))
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict", "Path=/api/v1");
    assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(status("GET", path)).isEqualTo(401);
    String code = link.getQuery().substring("code=".length());
    assertThat(status("GET", "/api/v1/status", "Authorization", "Bearer " + code)).isEqualTo(401);
    assertThat(status("GET", "/api/v1/status", "Cookie", "floe_session=" + code)).isEqualTo(401);
  }

  @Test
  void a_browser_reads_and_its_cookie_is_no_token() {
    String cookie = cookie(signIn());
    String id = cookie.substring("floe_session=".length());

    assertThat(status("GET", "/api/v1/status", "Cookie", cookie)).isEqualTo(200);
    assertThat(id).doesNotContain(".");
    for (String authorization : List.of("Bearer " + id, "Basic " + id, id)) {
      assertThat(status("GET", "/api/v1/status", "Authorization", authorization)).isEqualTo(401);
      assertThat(status("GET", "/api/v1/status", "Authorization", authorization, "Cookie", cookie))
          .isEqualTo(401);
    }
    String basic =
        java.util.Base64.getEncoder()
            .encodeToString(("dana:" + id).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(status("POST", "/v2/dev/strange/blobs/uploads/", "Authorization", "Basic " + basic))
        .isIn(401, 403);
  }

  @Test
  void a_browser_changes_nothing_and_issues_no_codes() {
    String cookie = cookie(signIn());
    String proof = proof(cookie);

    for (String path :
        List.of(
            "/api/v1/sign-in-codes",
            "/api/v1/promotions",
            "/api/v1/projections/rebuild",
            "/api/v1/approvals/x/decisions")) {
      assertThat(status("POST", path, "Cookie", cookie)).as(path).isEqualTo(401);
      assertThat(status("POST", path, "Cookie", cookie, "Floe-Page", proof))
          .as(path)
          .isEqualTo(401);
    }
    assertThat(status("PUT", "/api/v1/manifest", "Cookie", cookie, "Floe-Page", proof))
        .isEqualTo(401);
  }

  @Test
  void a_browser_signs_out_and_only_its_own_page_may_ask_for_that() {
    String cookie = cookie(signIn());
    String other = cookie(signIn());
    String out = "/api/v1/sign-out";

    assertThat(status("POST", out, "Cookie", cookie)).isEqualTo(401);
    assertThat(status("POST", out, "Cookie", cookie, "Floe-Page", proof(other))).isEqualTo(401);
    assertThat(status("GET", "/api/v1/status", "Cookie", cookie)).isEqualTo(200);

    assertThat(status("POST", out, "Cookie", cookie, "Floe-Page", proof(cookie))).isEqualTo(204);

    assertThat(status("GET", "/api/v1/status", "Cookie", cookie)).isEqualTo(401);
    assertThat(status("GET", "/api/v1/status", "Cookie", other)).isEqualTo(200);
  }

  private String proof(String cookie) {
    Reply session = whole.door().nobody().get("/api/v1/session", "Cookie", cookie);
    assertThat(session.text("user")).isEqualTo(DANA);
    return session.text("proof");
  }

  @Test
  void what_was_asked_for_stands_in_the_log_and_no_secret_of_it() throws Exception {
    String link = link();
    String code = link.substring(link.indexOf('=') + 1);
    String path = URI.create(link).getPath() + "?code=" + code;
    var _ = whole.door().nobody().raw("GET", path, null);
    var _ = whole.door().as(DANA).get("/api/v1/whoami");

    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(java.nio.file.Files.readString(whole.data().resolve("access.log")))
                    .contains("method=GET path=/sign-in status=303")
                    .containsPattern("path=/api/v1/whoami status=200 ms=\\d+ who=" + DANA));
    for (String log : List.of("access.log", "floe.log")) {
      assertThat(java.nio.file.Files.readString(whole.data().resolve(log)))
          .doesNotContain(code)
          .doesNotContain(whole.door().token(DANA).substring(40, 80));
    }
  }
}
