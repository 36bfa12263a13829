package dev.floe.benchmarks.copying;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a registry writes down about requests, so that nobody has to be believed about them. */
record RequestLog(Path file) {

  private static final Pattern REQUEST = Pattern.compile("\"(GET|HEAD|PUT|POST|PATCH|DELETE) /v2/");

  /** Requests that have come so far. */
  List<String> lines() throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(REQUEST.asPredicate()).toList();
    }
  }
}
