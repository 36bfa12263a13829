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
import java.util.Map;

/** Compiles and evaluates rules, each within bounds of size, depth and steps. */
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
          .build();

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

  Finding evaluate(PolicyRule rule, Map<String, Object> facts) {
    try {
      CelValidationResult checked = compiler.compile(rule.expr(), rule.name());
      if (checked.hasError()) {
        return new Finding.Broken(checked.getErrorString().replaceFirst("^ERROR: ", ""));
      }
      Object answer = runtime.createProgram(checked.getAst()).eval(facts);
      if (answer instanceof Boolean met) {
        return met ? new Finding.Met() : new Finding.NotMet();
      }
      return new Finding.Broken(
          "%s: the expression gives %s, not true or false".formatted(rule.name(), answer));
    } catch (CelEvaluationException e) {
      return new Finding.Broken(positioned(rule, String.valueOf(e.getMessage())));
    } catch (CelValidationException | RuntimeException | StackOverflowError e) {
      // A bug of the evaluator must not let an artifact through, nor take the runner down.
      return new Finding.Broken("%s: %s".formatted(rule.name(), e));
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
