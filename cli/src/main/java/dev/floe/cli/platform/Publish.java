package dev.floe.cli.platform;

import dev.floe.cli.client.Payload;
import dev.floe.cli.client.Query;
import dev.floe.cli.client.Tar;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Format;
import dev.floe.cli.console.TransferLine;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform publish}. */
@Command(
    name = "publish",
    description =
        "Makes a version known in the first environment: from files, or what its registry holds.",
    customSynopsis = "floe platform publish <version>[-<env>] [--from DIR|FILE...] [OPTIONS]",
    footer = {
      "",
      "Examples:",
      "  floe platform publish v1.2.3 --from ./out",
      "  floe platform publish v1.2.3-rc.1 --from ./out --annotation com.acme.team=data"
    })
public final class Publish implements Callable<Integer> {

  private final Session session;

  @Parameters(
      paramLabel = "<version>",
      arity = "1..*",
      description = "The version, with the first environment's name behind it or not; then files.")
  List<String> words = List.of();

  @Option(
      names = "--from",
      paramLabel = "DIR|FILE",
      description = "Files to publish: each file, and each entry of a folder, becomes a layer.")
  List<String> from = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "Annotation of the artifact's manifest.")
  List<String> notes = List.of();

  private Map<String, String> annotations = Map.of();

  public Publish(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    check();
    String version = version();
    Console console = session.console();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", version);
    if (!from.isEmpty()) {
      Tar tar = Tar.of(files());
      console.told("Publishing %s (%s)...".formatted(version, String.join(", ", tar.names())));
      Doc stored = upload(version, tar);
      body.put("digest", stored.text("digest"));
      console.told("  ✓ Stored %s".formatted(stored.text("digest")));
    } else {
      console.told("Publishing %s...".formatted(version));
    }
    Doc published =
        session.api().post(Query.of("artifacts", session.artifact(), "versions"), body).body();
    Doc tagged = tagged(version, published);
    for (String tag : tagged.texts("tags")) {
      console.told("  ✓ Tagged " + tag);
    }
    console.document(tagged);
    if (console.quiet() && console.format() == Format.TABLE) {
      console.print(tagged.text("ref"));
    }
    return 0;
  }

  private void check() {
    if (from.isEmpty() && words.size() > 1) {
      throw Failure.usage(
          "publish needs exactly one version, not '%s'".formatted(String.join(" ", words)),
          "Put --from before the files: floe platform publish v1.2.3 --from DIR.");
    }
    annotations = Annotated.read(notes);
    if (from.isEmpty() && !annotations.isEmpty()) {
      throw Failure.usage(
          "--annotation needs --from",
          "What a registry holds already has its annotations; they cannot be added.");
    }
  }

  private String version() {
    VersionRef ref = session.version(words.getFirst());
    List<String> path = session.environments();
    if (ref.environment() != null && !ref.environment().equals(path.getFirst())) {
      throw Failure.usage(
          "%s names %s, but versions are published in %s, the first environment"
              .formatted(words.getFirst(), ref.environment(), path.getFirst()),
          "Publish %s, then promote it.".formatted(ref.version()));
    }
    return ref.version().toString();
  }

  private List<Path> files() {
    List<String> files = new ArrayList<>(from);
    files.addAll(words.subList(1, words.size()));
    return files.stream().map(session.io()::path).toList();
  }

  private Doc upload(String version, Tar tar) {
    Map<String, List<String>> headers =
        annotations.isEmpty() ? Map.of() : Map.of("Floe-Annotations", List.of("first-entry"));
    var line = new TransferLine(session.console(), "Uploading " + version);
    long total = tar.size();
    Payload payload =
        Payload.stream(
            "application/x-tar",
            total,
            out -> tar.writeTo(out, annotations, bytes -> line.at(bytes, total)));
    Query files = Query.of("artifacts", session.artifact(), "versions", version, "files");
    return session.api().put(files, payload, headers).body();
  }

  private Doc tagged(String version, Doc published) {
    Query query = Query.of("artifacts", session.artifact(), "versions", version);
    return Awaited.tags(
            session,
            () ->
                Optional.of(session.api().get(query).body().texts("tags"))
                    .filter(tags -> !tags.isEmpty()))
        .map(tags -> published.with("tags", tags))
        .orElseThrow(
            () ->
                Failure.of(
                        ProblemCode.TIMED_OUT,
                        "%s is published, but its tags were not set within %d s"
                            .formatted(version, Awaited.LONGEST.toSeconds()),
                        "See floe audit search --version %s for what the registry said."
                            .formatted(version))
                    .with("published", published));
  }
}
