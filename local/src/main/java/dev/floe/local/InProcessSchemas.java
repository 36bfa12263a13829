package dev.floe.local;

import dev.floe.embedded.schemaregistry.SchemaRegistryServer;
import dev.floe.messaging.avro.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The embedded schema registry, asked without HTTP: services start before the port is open. */
final class InProcessSchemas implements SchemaRegistry {

  private final SchemaRegistryServer server;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

  InProcessSchemas(SchemaRegistryServer server) {
    this.server = server;
  }

  @Override
  public int register(String subject, Schema schema) {
    return server.register(subject, schema.toString());
  }

  @Override
  public Schema byId(int id) {
    return byId.computeIfAbsent(id, number -> new Schema.Parser().parse(server.schemaById(number)));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return server.lookup(subject, schema.toString()).id();
  }
}
