package dev.floe.cli.follow;

/** While it is open, Ctrl-C says something before the process ends with 130. */
final class Interruption implements AutoCloseable {

  private final Thread hook;

  Interruption(Runnable say) {
    this.hook = Thread.ofPlatform().name("interrupted").unstarted(say);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending: the hook has its say.
    }
  }
}
