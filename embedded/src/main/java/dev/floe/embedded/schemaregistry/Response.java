package dev.floe.embedded.schemaregistry;

import java.util.Map;

/** An answer of the REST API: JSON. */
public record Response(int status, Map<String, String> headers, String body) {}
