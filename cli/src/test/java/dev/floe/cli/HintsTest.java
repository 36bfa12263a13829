package dev.floe.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever tells people to type a floe command names one that exists, with options it has. */
class HintsTest {

  private static final Path ROOT = Path.of("..");

  /** Words at the top that are commands or are going to be: after them no prose follows. */
  private static final Set<String> TOP =
      Set.of(
          "up",
          "down",
          "demo",
          "open",
          "doctor",
          "config",
          "platform",
          "policy",
          "audit",
          "who",
          "events",
          "webhook",
          "notify",
          "auth",
          "context",
          "completion");

  /** Options that the command line knows only to refuse them. */
  private static final Set<String> REFUSED = Set.of("--force", "--override-freeze");

  /** The table of what is refused as not supported yet. */
  private static final String REFUSALS = "cli/src/main/java/dev/floe/cli/NotYet.java";

  /** Modules whose strings are for people, so that any option in them is one of ours. */
  private static final List<String> SPEAKING =
      List.of(
          "access",
          "approval-service",
          "audit-projector",
          "cli",
          "http",
          "promotion-service",
          "registry-sync");

  private static final Pattern COMMAND =
      Pattern.compile("(`?)(?<![\\w/.-])(?:\\./)?floe ([^`\\n\";()]+)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*");

  /** Something that people read. */
  private record Text(String place, String words) {}

  private final CommandSpec root = commands();

  private static CommandSpec commands() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Session session = new Session(CliIo.captured(nowhere, nowhere, Map.of()), new GlobalOptions());
    CommandSpec root = new CommandTree(Map.of()).all(session).getCommandSpec();
    CommandTree.ELSEWHERE.keySet().forEach(name -> launched(root, name));
    return root;
  }

  /** Gives a command that the launcher runs itself the options that its source declares. */
  private static void launched(CommandSpec root, String name) {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Command";
    Path source = ROOT.resolve("local/src/main/java/dev/floe/local/%s.java".formatted(type));
    CommandSpec spec = requireNonNull(root.subcommands().get(name)).getCommandSpec();
    Matcher declared =
        Pattern.compile("names = (?:\\{[^}]*)?\"(--[a-z-]+)\"").matcher(read(source));
    while (declared.find()) {
      if (spec.findOption(declared.group(1)) == null) {
        spec.addOption(OptionSpec.builder(declared.group(1)).arity("0..1").build());
      }
    }
  }

  @Test
  @Requirement("D.5")
  void every_command_that_a_text_names_exists() throws IOException {
    List<Text> texts = new ArrayList<>(sources());
    texts.addAll(pages());
    Set<String> wrong = new TreeSet<>();
    int[] seen = {0};
    for (Text text : texts) {
      Matcher command = COMMAND.matcher(text.words().replaceAll("\\\\\\n\\s*", " "));
      while (command.find()) {
        boolean quoted = !command.group(1).isEmpty();
        List<String> words = List.of(command.group(2).strip().split("\\s+"));
        if (quoted || TOP.contains(words.getFirst())) {
          seen[0]++;
          problem(words)
              .ifPresent(
                  p -> wrong.add("%s: floe %s: %s".formatted(text.place(), command.group(2), p)));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen[0]).as("commands that texts name").isGreaterThan(150);
  }

  @Test
  @Requirement("D.5")
  void every_option_that_a_sentence_names_exists() throws IOException {
    // tar's own
    Set<String> known = new TreeSet<>(Set.of("--sparse"));
    all(root, known);
    known.removeAll(REFUSED);
    Set<String> wrong = new TreeSet<>();
    for (Text text : sources()) {
      if (SPEAKING.contains(text.place().replaceFirst("/.*", "")) && text.words().contains(" ")) {
        Matcher option = OPTION.matcher(text.words());
        while (option.find()) {
          if (!known.contains(option.group())) {
            wrong.add("%s: %s in '%s'".formatted(text.place(), option.group(), text.words()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void all(CommandSpec spec, Set<String> options) {
    spec.options().forEach(option -> options.addAll(List.of(option.names())));
    spec.subcommands().values().forEach(child -> all(child.getCommandSpec(), options));
  }

  /** Whether it asks about the command that follows. */
  private boolean isHelp(CommandSpec spec, String word) {
    return spec.parent() == null && word.equals("help");
  }

  /** What is wrong with a command, if anything. */
  private Optional<String> problem(List<String> words) {
    CommandSpec spec = root;
    boolean value = false;
    for (String raw : words) {
      String word = raw.replaceAll("[\\[\\]]|[.,:!?]+$", "");
      if (word.startsWith("--")) {
        Matcher option = OPTION.matcher(word);
        if (!option.find()) {
          return Optional.empty();
        }
        OptionSpec known = known(spec, option.group());
        if (known == null || REFUSED.contains(option.group())) {
          return Optional.of("no option " + option.group());
        }
        value = known.arity().min() > 0 && !word.contains("=");
      } else if (value) {
        value = false;
      } else if (!isHelp(spec, word) && !spec.subcommands().isEmpty() && !word.startsWith("-")) {
        for (String one : word.split("\\|", -1)) {
          if (WORD.matcher(one).matches() && !spec.subcommands().containsKey(one)) {
            return Optional.of("no command " + one);
          }
        }
        String first = word.replaceFirst("\\|.*", "");
        if (!spec.subcommands().containsKey(first)) {
          return Optional.empty();
        }
        spec = spec.subcommands().get(first).getCommandSpec();
      } else if (raw.matches(".*[.,:!?]")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private @Nullable OptionSpec known(CommandSpec spec, String name) {
    OptionSpec own = spec.findOption(name);
    return own == null ? root.findOption(name) : own;
  }

  private static List<Text> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve), docs)
          .filter(path -> path.toString().endsWith(".md"))
          .map(path -> new Text(ROOT.relativize(path).toString(), read(path)))
          .toList();
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Every string constant of the product's sources, joined where the source joins them. */
  private static List<Text> sources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      List<Path> sources = new ArrayList<>();
      for (Path module : modules.map(each -> each.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> walk = Files.walk(module)) {
            walk.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        String place =
            ROOT.toAbsolutePath()
                .normalize()
                .relativize(Path.of(unit.getSourceFile().toUri()))
                .toString();
        if (!place.equals(REFUSALS)) {
          var _ = new Strings(place, texts).scan(unit, null);
        }
      }
    }
    return texts;
  }

  private static final class Strings extends TreeScanner<Void, Void> {

    private final String place;
    private final List<Text> texts;

    Strings(String place, List<Text> texts) {
      this.place = place;
      this.texts = texts;
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void nothing) {
      if (tree.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(tree, null);
      }
      texts.add(new Text(place, joined(tree)));
      return null;
    }

    private String joined(ExpressionTree tree) {
      return switch (tree) {
        case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS ->
            joined(sum.getLeftOperand()) + joined(sum.getRightOperand());
        case ParenthesizedTree inner -> joined(inner.getExpression());
        case LiteralTree literal -> String.valueOf(literal.getValue());
        default -> {
          var _ = scan(tree, null);
          yield "…";
        }
      };
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void nothing) {
      if (tree.getValue() instanceof String text) {
        texts.add(new Text(place, text));
      }
      return null;
    }
  }
}
