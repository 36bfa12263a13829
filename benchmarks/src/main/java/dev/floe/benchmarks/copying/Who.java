package dev.floe.benchmarks.copying;

/** Who copies. */
enum Who {
  RESIDENT("floe, resident"),
  NEW("floe, new process"),
  SKOPEO("skopeo");

  private final String title;

  Who(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** One of its own, to be kept. */
  Client start() {
    return switch (this) {
      case RESIDENT -> new ResidentFloe();
      case NEW -> new NewFloe();
      case SKOPEO -> new Skopeo();
    };
  }
}
