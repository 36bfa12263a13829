package dev.floe.oci.copy;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does one thing for many at once; the first failure stops the rest and is the failure of all. */
public final class Together {

  /** Each may hold a connection, and an artifact decides how many there are of it. */
  private static final int MOST_AT_ONCE = 32;

  private Together() {}

  static <T> void each(Collection<T> all, Consumer<T> work) {
    map(
        all,
        item -> {
          work.accept(item);
          return Boolean.TRUE;
        });
  }

  /** What comes of each, in the order given. */
  public static <T, R> List<R> map(Collection<T> all, Function<T, R> work) {
    if (all.size() <= 1) {
      return all.stream().map(work).toList();
    }
    List<Future<R>> results = new ArrayList<>();
    try (ExecutorService threads = threads(all.size())) {
      CompletionService<R> done = new ExecutorCompletionService<>(threads);
      all.forEach(item -> results.add(done.submit(() -> work.apply(item))));
      try {
        for (int i = 0; i < all.size(); i++) {
          done.take().get();
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw interrupted(e);
      }
    }
    return results.stream().map(Future::resultNow).toList();
  }

  private static ExecutorService threads(int tasks) {
    int count = Math.min(tasks, MOST_AT_ONCE);
    return Executors.newFixedThreadPool(count, Thread.ofVirtual().factory());
  }

  static RegistryException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryException(
        RegistryTrouble.UNREACHABLE, "copy", "the registries", "this was interrupted", e);
  }
}
