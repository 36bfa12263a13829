package dev.floe.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The story that {@code floe demo} tells. */
public final class Demo {

  private static final String ADA = "ada@acme.com";
  private static final String BEN = "ben@acme.com";
  private static final String CLEO = "cleo@acme.com";
  private static final Pattern DIGEST =
      Pattern.compile("\"digest\"\\s*:\\s*\"(sha256:[0-9a-f]+)\"");

  private static final int GATE_FAILED = 8;
  private static final int SEPARATION_OF_DUTIES = 14;
  private static final int APPROVAL_NEEDED = 15;

  private final Story story;
  private final PrintStream out;
  private final Path folder;

  public Demo(PrintStream out, Path data, Path folder) {
    this.story = new Story(out, data);
    this.out = out;
    this.folder = folder;
  }

  /** The manifest that the system has to run with. */
  public static Path manifest(Path file, int port) throws IOException {
    return DemoFiles.manifest(file, port);
  }

  /**
   * Tells the story against the running system, and returns the digest in each environment.
   *
   * @throws RuntimeException when a command ends otherwise than told
   */
  public Map<String, String> tell() throws IOException {
    publishAndFail();
    fixAndReachStaging();
    askAndApprove();
    reachProd();
    look();
    Map<String, String> digests = new LinkedHashMap<>();
    List.of("dev", "staging", "prod").forEach(name -> digests.put(name, digest(name)));
    out.println();
    out.println("dev %s staging %s prod %s".formatted(digests.values().toArray()));
    return digests;
  }

  private void publishAndFail() throws IOException {
    story.tell("A platform artifact of four folders is published to dev. Nobody owns it yet.");
    publish("v1.2.2");
    story.tell("Its gate says no, so nothing of it reaches staging.");
    var _ = story.type(ADA, GATE_FAILED, "platform", "promote", "v1.2.2-dev", "staging");
  }

  private void fixAndReachStaging() throws IOException {
    story.tell(
        "The fix is a new version: what was published never changes. This one has an owner.");
    publish("v1.2.3", "--annotation", "com.acme.owner=platform-team");
    var _ = story.type(ADA, 0, "platform", "promote", "v1.2.3-dev", "staging");
  }

  private void askAndApprove() {
    story.tell("Prod requires an approval. Without one, nothing starts.");
    var _ = story.type(ADA, APPROVAL_NEEDED, "platform", "promote", "v1.2.3", "prod");
    var _ =
        story.type(ADA, 0, "platform", "promote", "v1.2.3-staging", "prod", "--request-approval");
    story.tell("Ada is a platform lead, but it is her own request.");
    var _ = story.type(ADA, SEPARATION_OF_DUTIES, "platform", "approve", "v1.2.3", "prod");
    story.tell("Two teams have to approve: Ben for platform-leads, Cleo for security.");
    var _ = story.type(BEN, 0, "platform", "approve", "v1.2.3", "prod");
    var _ =
        story.type(CLEO, 0, "platform", "approve", "v1.2.3", "prod", "--reason", "scanned by hand");
  }

  private void reachProd() {
    story.tell("Now the same command continues, under the approval that was given.");
    var _ = story.type(ADA, 0, "platform", "promote", "v1.2.3", "prod");
  }

  private void look() {
    story.tell("What is live where:");
    var _ = story.type(ADA, 0, "platform", "status", "--environment=all");
    story.tell("And how it came to be, refusals included:");
    var _ = story.type(ADA, 0, "audit", "search", "--version", "v1.2.3", "--limit", "50");
  }

  private void publish(String version, String... more) throws IOException {
    Path files = DemoFiles.platform(folder.resolve(version), version);
    String[] words = new String[5 + more.length];
    words[0] = "platform";
    words[1] = "publish";
    words[2] = version + "-dev";
    words[3] = "--from";
    words[4] = files.toString();
    System.arraycopy(more, 0, words, 5, more.length);
    var _ = story.type(ADA, 0, words);
  }

  private String digest(String environment) {
    String status = story.ask(ADA, "platform", "status", environment, "-o", "json");
    Matcher found = DIGEST.matcher(status);
    if (!found.find()) {
      throw new Story.WentWrong("nothing is live in " + environment);
    }
    return found.group(1);
  }
}
