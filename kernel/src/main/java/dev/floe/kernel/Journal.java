package dev.floe.kernel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The write side of one service: takes commands, decides each once, keeps what was decided.
 *
 * <p>Commands on one subject are decided in the order they were taken in, by one writer at a time.
 *
 * @param <C> the commands it takes
 * @param <E> the events it keeps
 */
public interface Journal<C, E> {

  /**
   * Completes once the decision is durable, never before. The same {@link Asked#id()} again gets
   * the answer of the first time and has no second effect, nor a first one where it had none.
   * Deciding is total: a command on which the rules fail is refused as {@link Refusal#unexpected},
   * and nothing is recorded. Completes exceptionally with {@link Halted} when the subject's history
   * is broken, and with {@link TooLong} when the command is too long to be taken.
   */
  CompletableFuture<Answer<E>> submit(Asked<C> asked);

  /**
   * What became of a command.
   *
   * @param because the reasons of a refusal; empty when accepted
   * @param facts what was recorded, the refusal's fact included; empty when it had taken effect
   *     before, or could not be decided
   */
  record Answer<E>(List<Refusal> because, List<Recorded<E>> facts) {
    public Answer {
      because = List.copyOf(because);
      facts = List.copyOf(facts);
    }

    public boolean accepted() {
      return because.isEmpty();
    }
  }

  /**
   * The command was sent and its answer has not come in time: it may have taken effect, or may yet.
   * The same command id asks again without a second effect.
   */
  final class OutcomeUnknown extends RuntimeException {

    private final String commandId;

    public OutcomeUnknown(String commandId, @Nullable Throwable cause) {
      super(
          "no answer to command %s yet; ask again with the same id%s"
              .formatted(commandId, cause == null ? "" : ": " + cause.getMessage()),
          cause);
      this.commandId = commandId;
    }

    /** The id to ask again with. */
    public String commandId() {
      return commandId;
    }
  }

  /** The command is longer than a command may be: nothing was sent. */
  final class TooLong extends RuntimeException {
    public TooLong(String message) {
      super(message);
    }
  }

  /** This subject's history contradicts itself: nothing is decided until someone resumes it. */
  final class Halted extends RuntimeException {
    public Halted(String subject, Throwable cause) {
      super("'%s' is halted: %s".formatted(subject, cause.getMessage()), cause);
    }
  }
}
