package dev.floe.benchmarks.copying;

/** Who copies. */
enum Who {
  RESIDENT("floe, resident", new ResidentFloe()),
  NEW("floe, new process", new NewFloe()),
  SKOPEO("skopeo", new Skopeo());

  private final String title;
  private final Client client;

  Who(String title, Client client) {
    this.title = title;
    this.client = client;
  }

  String title() {
    return title;
  }

  Client client() {
    return client;
  }
}
