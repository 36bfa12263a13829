package dev.floe.oci.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import java.util.concurrent.Callable;

/** Lets something fail as everything must that a registry spoils: by one exception, in words. */
public final class Refusals {

  /** The password of those tests that have one; no message may show it. */
  public static final String PASSWORD = "hush";

  private Refusals() {}

  /** How the work failed; it is an error if it does not, or in another way. */
  public static RegistryException of(Callable<?> work) {
    Object result;
    try {
      result = work.call();
    } catch (RegistryException e) {
      assertThat(e.getMessage()).startsWith("tried to ").contains(" at ", " but ");
      assertThat(e.getMessage()).doesNotContain(PASSWORD).doesNotContain("\n").hasSizeLessThan(900);
      return e;
    } catch (Exception e) {
      throw new AssertionError("this is no failure that anybody handles: " + e, e);
    }
    throw new AssertionError("nothing failed, there came " + result);
  }

  public static RegistryTrouble troubleOf(Callable<?> work) {
    return of(work).trouble();
  }

  /** As {@link #troubleOf(Callable)}, for work without a result. */
  public static RegistryTrouble troubleOfRun(Runnable work) {
    return troubleOf(
        () -> {
          work.run();
          return "nothing";
        });
  }
}
