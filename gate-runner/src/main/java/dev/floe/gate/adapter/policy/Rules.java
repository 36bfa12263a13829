package dev.floe.gate.adapter.policy;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.floe.manifest.PolicyRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Compiles and evaluates rules, within bounds of size, depth, steps, time and memory. */
final class Rules {

  /** What came of one rule. */
  sealed interface Finding {

    /** It is true. */
    record Met() implements Finding {}

    /** It is false. */
    record NotMet() implements Finding {}

    /** It has no answer. */
    record Broken(String why) implements Finding {}
  }

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .evaluateCanonicalTypesToNativeValues(true)
          .maxExpressionCodePointSize(10_000)
          .maxParseRecursionDepth(100)
          .comprehensionMaxIterations(100_000)
          .maxRegexProgramSize(1_000)
          .build();

  /** How much longer than the budget's time one function may need, such as a slow match. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Few: what cannot be interrupted keeps nobody else from working. */
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          2, Thread.ofPlatform().daemon().name("gate-rules-", 0).factory());

  private final CelCompiler compiler;
  private final CelRuntime runtime =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  Rules() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    Variables.TYPES.forEach(builder::addVar);
    compiler = builder.build();
  }

  /** What came of each rule, in their order. */
  List<Finding> evaluate(List<PolicyRule> rules, Map<String, Object> facts)
      throws InterruptedException {
    Future<List<Finding>> evaluation =
        THREADS.submit(
            () -> {
              Budget budget = new Budget();
              return rules.stream().map(rule -> evaluate(rule, facts, budget)).toList();
            });
    try {
      return evaluation.get(Budget.TIME.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      String why =
          e instanceof TimeoutException
              ? "the rules take longer than %d seconds".formatted(Budget.TIME.toSeconds())
              : String.valueOf(e.getCause());
      return rules.stream().<Finding>map(rule -> broken(rule, why)).toList();
    } finally {
      var _ = evaluation.cancel(true);
    }
  }

  private static Finding.Broken broken(PolicyRule rule, String why) {
    return new Finding.Broken(rule.name() + ": " + why);
  }

  private Finding evaluate(PolicyRule rule, Map<String, Object> facts, Budget budget) {
    try {
      budget.check();
      CelValidationResult checked = compiler.compile(rule.expr(), rule.name());
      if (checked.hasError()) {
        return new Finding.Broken(checked.getErrorString().replaceFirst("^ERROR: ", ""));
      }
      Object answer = runtime.createProgram(checked.getAst()).trace(facts, budget);
      if (answer instanceof Boolean met) {
        return met ? new Finding.Met() : new Finding.NotMet();
      }
      return broken(rule, "the expression gives %s, not true or false".formatted(answer));
    } catch (Budget.Exhausted exhausted) {
      return broken(rule, String.valueOf(exhausted.getMessage()));
    } catch (CelEvaluationException e) {
      if (e.getCause() instanceof Budget.Exhausted exhausted) {
        return broken(rule, String.valueOf(exhausted.getMessage()));
      }
      return new Finding.Broken(positioned(rule, String.valueOf(e.getMessage())));
    } catch (CelValidationException | RuntimeException | StackOverflowError e) {
      // A bug of the evaluator must not let an artifact through, nor take the runner down.
      return broken(rule, e.toString());
    }
  }

  /** CEL counts characters from the start of the expression; people count lines and columns. */
  private static String positioned(PolicyRule rule, String message) {
    String known = "evaluation error at " + rule.name() + ":";
    if (!message.startsWith(known)) {
      return rule.name() + ": " + message;
    }
    String rest = message.substring(known.length());
    int digits = 0;
    while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 6) {
      return rule.name() + ": " + message;
    }
    int offset = Math.min(Integer.parseInt(rest.substring(0, digits)), rule.expr().length());
    String before = rule.expr().substring(0, offset);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = offset - before.lastIndexOf('\n');
    return "%s:%d:%d%s".formatted(rule.name(), line, column, rest.substring(digits));
  }
}
