package dev.floe.local;

import dev.floe.access.KeyFile;
import dev.floe.access.UserTokens;
import dev.floe.kernel.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The HTTP API of a system on a data folder, with everybody's tokens: whoever reads the folder's
 * key can be anyone.
 */
record Door(Path data, String url, Person.Line line) {

  Person as(String user) {
    return new Person(url, () -> "Bearer " + token(user), line);
  }

  Person nobody() {
    return new Person(url, () -> null, line);
  }

  Person with(String authorization) {
    return new Person(url, () -> authorization, line);
  }

  String token(String user) {
    byte[] key = KeyFile.read(data.resolve(LocalIdentity.KEY_FILE));
    return UserTokens.under(key).mint(Actor.user(user), Duration.ofHours(1), Instant.now());
  }

  String host() {
    return url.substring("http://".length());
  }
}
