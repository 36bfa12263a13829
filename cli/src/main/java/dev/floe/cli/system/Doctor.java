package dev.floe.cli.system;

import dev.floe.cli.client.Probe;
import dev.floe.cli.client.Probe.Seen;
import dev.floe.cli.client.Query;
import dev.floe.cli.client.Target;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.CheckPicture;
import dev.floe.cli.session.Session;
import dev.floe.cli.session.Version;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code floe doctor}. */
@Command(
    name = "doctor",
    description = "Says what is reachable, in which version, and whose clock differs.",
    footer = {"", "Example:", "  floe doctor"})
public final class Doctor implements Callable<Integer> {

  private static final long SKEW_MILLIS = 5_000;

  private final Session session;
  private final List<Map<String, @Nullable Object>> checks = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> troubles = new ArrayList<>();

  public Doctor(Session session) {
    this.session = session;
  }

  /** Something to look at; returns what was seen. */
  private interface Look {
    String look() throws IOException;
  }

  @Override
  public Integer call() {
    Doc running = session.folder().running().orElse(Doc.EMPTY);
    check("floe", () -> "%s on Java %s".formatted(Version.text(), Runtime.version()));
    check("data folder", () -> folder(running));
    check("server", this::server);
    checks.addAll(troubles);
    check("identity", this::identity);
    check("manifest", this::manifest);
    if (!running.isEmpty()) {
      check("Kafka", () -> kafka(running.text("kafka")));
      check("schema registry", () -> http(running.text("schemaRegistry"), "/subjects"));
      check("OCI registry", () -> http(running.text("registry"), "/v2/"));
    }
    Doc report = new Doc(Map.of("version", Version.text(), "checks", checks));
    List<Doc> failed = report.docs("checks").stream().filter(check -> !check.flag("ok")).toList();
    if (failed.isEmpty()) {
      session.console().result(report, () -> CheckPicture.lines(report));
      return 0;
    }
    CheckPicture.lines(report).forEach(session.console()::told);
    throw Failure.of(
            ProblemCode.SERVICE_UNREACHABLE,
            "%d of %d checks failed".formatted(failed.size(), checks.size()),
            failed.stream().allMatch(check -> check.has("fix"))
                ? "Each line above says what to do."
                : "Start it with floe up, or name the server with --url or FLOE_URL.")
        .withAll(report);
  }

  private void check(String name, Look look) {
    Map<String, @Nullable Object> check = new LinkedHashMap<>();
    check.put("name", name);
    try {
      check.put("detail", look.look());
      check.put("ok", true);
    } catch (Failure failure) {
      check.put("detail", failure.reason().message());
      check.put("ok", false);
    } catch (IOException failed) {
      check.put("detail", String.valueOf(failed.getMessage()));
      check.put("ok", false);
    }
    checks.add(check);
  }

  private String folder(Doc running) throws IOException {
    if (running.isEmpty()) {
      return session.folder().path() + " (no floe.json: nothing runs on it)";
    }
    long pid = running.number("pid");
    if (pid > 0 && ProcessHandle.of(pid).isEmpty()) {
      throw new IOException(
          "%s was left by process %d, which is gone".formatted(session.folder().path(), pid));
    }
    return "%s (process %d, floe %s)"
        .formatted(session.folder().path(), pid, running.text("version", "of unknown version"));
  }

  private String server() throws IOException {
    Target target = session.target();
    long start = System.nanoTime();
    Seen seen = Probe.http(URI.create(target.url() + "/health/readiness"));
    long millis = (System.nanoTime() - start) / 1_000_000;
    seen.body().docs("troubles").forEach(told -> troubles.add(trouble(told)));
    long skew = seen.serverMillis() == 0 ? 0 : seen.serverMillis() - session.now().toEpochMilli();
    if (Math.abs(skew) > SKEW_MILLIS) {
      throw new IOException("its clock differs by %d s".formatted(skew / 1000));
    }
    if (seen.status() != HttpURLConnection.HTTP_OK) {
      throw new IOException(
          "%s answers %d: %s".formatted(target.url(), seen.status(), parts(seen.body())));
    }
    return "%s is ready (%d ms)".formatted(target.url(), millis);
  }

  /** What the server says of a part of itself. */
  private static Map<String, @Nullable Object> trouble(Doc told) {
    Map<String, @Nullable Object> check = new LinkedHashMap<>();
    check.put("name", told.text("part"));
    check.put("detail", told.text("what"));
    check.put("where", told.text("where"));
    check.put("fix", told.text("fix"));
    check.put("ok", false);
    return check;
  }

  private static String parts(Doc readiness) {
    return String.join(
        ", ",
        readiness.doc("parts").members().entrySet().stream()
            .filter(part -> !"UP".equals(part.getValue()))
            .map(part -> part.getKey() + " " + part.getValue())
            .toList());
  }

  private String identity() {
    Doc who = session.api().get(Query.of("whoami")).body();
    return who.text("user");
  }

  private String manifest() {
    Doc answer = session.api().get(Query.of("manifest")).body();
    return "revision " + answer.text("revision", "unknown");
  }

  private static String kafka(String bootstrap) throws IOException {
    Probe.tcp(bootstrap);
    return bootstrap;
  }

  private static String http(String address, String path) throws IOException {
    String plain = address.replaceFirst("^oci(\\+http)?://", "").replaceFirst("/+$", "");
    URI url = URI.create((plain.contains("://") ? plain : "http://" + plain) + path);
    Seen seen = Probe.http(url);
    if (seen.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      throw new IOException("%s answers %d".formatted(url, seen.status()));
    }
    return url.toString();
  }
}
