package dev.floe.benchmarks.copying;

import dev.floe.manifest.Digest;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.copy.Copier;
import dev.floe.oci.copy.Progress;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.http.HttpRegistry;
import dev.floe.oci.http.HttpSettings;
import java.io.IOException;
import java.util.Map;

/** Floe as a service has it: one copier that lives as long as the process. */
final class ResidentFloe implements Client {

  private final Copier copier = new Copier();

  static Repository open(String host, String repository) {
    return new HttpRegistry(host, true, CredentialSource.anonymous(), HttpSettings.defaults())
        .repository(repository);
  }

  @Override
  public Cost copy(String from, String to, String repository, Map<String, Digest> artifacts)
      throws IOException, InterruptedException {
    Repository source = open(from, repository);
    Repository target = open(to, repository);
    return Cost.of(
        Cost.Of.THIS_PROCESS,
        () ->
            artifacts.forEach(
                (tag, digest) -> {
                  copier.copy(source, target, digest, Progress.none());
                  Tagger.assign(target, tag, digest, Tagger.Mobility.IMMUTABLE);
                }));
  }
}
