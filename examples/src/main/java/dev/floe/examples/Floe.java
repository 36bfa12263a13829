package dev.floe.examples;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;

/**
 * Where a running floe is to be found, as its {@code floe.json} says.
 *
 * @param kafka {@code host:port} of the listener for others
 * @param schemaRegistry the schema registry's address, where reading takes no credentials
 */
public record Floe(String kafka, URI schemaRegistry) {

  /** Reads {@code floe.json} in a data folder. */
  public static Floe read(Path floeJson) throws IOException {
    try {
      Map<String, Object> members = JSONObjectUtils.parse(Files.readString(floeJson));
      return new Floe(
          JSONObjectUtils.getString(members, "kafka"),
          JSONObjectUtils.getURI(members, "schemaRegistry"));
    } catch (NoSuchFileException missing) {
      throw new IOException("%s is missing: start floe first".formatted(floeJson), missing);
    } catch (ParseException | IllegalArgumentException broken) {
      throw new IOException("%s is no floe.json".formatted(floeJson), broken);
    }
  }
}
