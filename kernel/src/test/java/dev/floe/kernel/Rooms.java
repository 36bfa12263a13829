package dev.floe.kernel;

import java.util.List;
import java.util.stream.Stream;

/** Which library may be used in which packages; a library that is not here is used nowhere. */
final class Rooms {

  static final List<Room> ALL =
      List.of(
          room("axon", List.of("org.axonframework.."), "dev.floe.messaging.."),
          room("spring", List.of("org.springframework.."), "dev.floe.messaging.."),
          room(
              "kafka",
              List.of("org.apache.kafka..", "kafka.."),
              "dev.floe.messaging..",
              "dev.floe.*.adapter.kafka..",
              // Offsets and headers are columns of the projections' rows.
              "dev.floe.audit..",
              "dev.floe.embedded.kafka..",
              "dev.floe.embedded.schemaregistry..",
              "dev.floe.local..",
              "dev.floe.examples.."),
          room(
              "avro",
              List.of("org.apache.avro.."),
              "dev.floe.*.v1..",
              "dev.floe.messaging..",
              "dev.floe.*.adapter.kafka..",
              // The projector has no domain: its views are folds of the records themselves.
              "dev.floe.audit..",
              "dev.floe.embedded.schemaregistry..",
              "dev.floe.local..",
              "dev.floe.examples.."),
          room(
              "http",
              List.of(
                  "io.micronaut..",
                  "jakarta.inject..",
                  "jakarta.annotation..",
                  "reactor..",
                  "org.reactivestreams.."),
              "dev.floe.http..",
              "dev.floe.*.adapter.http..",
              "dev.floe.local.."),
          room("sockets", List.of("io.netty.."), "dev.floe.http.."),
          room("registries over http", List.of("org.apache.hc.."), "dev.floe.oci.http.."),
          room(
              "database",
              List.of(
                  "org.jdbi..",
                  "com.zaxxer.hikari..",
                  "org.flywaydb..",
                  "org.postgresql..",
                  "java.sql.."),
              "dev.floe.audit.adapter.postgres..",
              "dev.floe.embedded.postgres.."),
          room("command line", List.of("picocli.."), "dev.floe.cli..", "dev.floe.local.."),
          room(
              "expressions",
              List.of("dev.cel..", "com.google.protobuf..", "com.google.common.."),
              "dev.floe.gate.adapter.policy.."),
          room("signatures", List.of("dev.sigstore.."), "dev.floe.gate.adapter.signature.."),
          room(
              "keys",
              List.of("org.bouncycastle.."),
              "dev.floe.oci.tls..",
              "dev.floe.registry.adapter.oci.."),
          room("tokens", List.of("com.nimbusds.."), "dev.floe.access..", "dev.floe.examples.."),
          room("yaml", List.of("org.snakeyaml.."), "dev.floe.manifest..", "dev.floe.cli.."),
          room(
              "json",
              List.of("com.fasterxml.."),
              "dev.floe.http..",
              "dev.floe.*.adapter..",
              // Views are what readers see, and what readers see is JSON.
              "dev.floe.audit.view..",
              "dev.floe.messaging.avro..",
              "dev.floe.embedded.schemaregistry..",
              "dev.floe.embedded.oci..",
              "dev.floe.cli.."),
          room(
              "archives",
              List.of("org.apache.commons.compress.."),
              "dev.floe.cli..",
              "dev.floe.registry.adapter..",
              "dev.floe.embedded.postgres.."),
          room("uuids", List.of("com.github.f4b6a3.."), "dev.floe.messaging..", "dev.floe.http.."),
          room("log files", List.of("ch.qos.logback.."), "dev.floe.local.log.."),
          // The JDK's own, so that tests of other modules need no framework.
          room("small server", List.of("com.sun.net.httpserver.."), "dev.floe.embedded.."));

  private static final List<String> EVERYWHERE =
      List.of(
          "org.slf4j..",
          "org.jspecify.annotations..",
          "com.google.errorprone.annotations..",
          "java..",
          "javax..",
          "jdk..");

  private Rooms() {}

  /** The packages of {@code library} may be used in {@code packages}. */
  record Room(String name, List<String> library, List<String> packages) {}

  /** Every package of a library that has a room. */
  static String[] known() {
    return Stream.concat(ALL.stream().flatMap(room -> room.library().stream()), EVERYWHERE.stream())
        .toArray(String[]::new);
  }

  private static Room room(String name, List<String> library, String... packages) {
    return new Room(name, library, List.of(packages));
  }
}
