package dev.floe.oci.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A repository with an artifact, into which signatures are put as cosign puts them. */
public record SignedPlace(Repository repository, RawManifest artifact) {

  private static final String LAYER = "application/vnd.dev.cosign.simplesigning.v1+json";
  private static final String ANNOTATION = "dev.cosignproject.cosign/signature";

  public static SignedPlace with(Repository repository, String name) {
    RawManifest artifact = Samples.put(repository, Samples.image(repository, name, false));
    return new SignedPlace(repository, artifact);
  }

  public String digest() {
    return artifact.digest().toString();
  }

  public String tag() {
    return digest().replace(':', '-') + ".sig";
  }

  /** One layer of the manifest under the {@code .sig} tag. */
  public String layer(String payload, String signature) {
    return layer(LAYER, payload, signature);
  }

  public String layer(String mediaType, String payload, String signature) {
    Descriptor blob = Samples.blob(repository, mediaType, payload.getBytes(UTF_8));
    return layer(blob, signature);
  }

  public static String layer(Descriptor blob, String signature) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"%s\":\"%s\"}}"
        .formatted(blob.mediaType(), blob.digest(), blob.size(), ANNOTATION, signature);
  }

  public void putUnderTag(String... layers) {
    String config = Samples.json(Samples.blob(repository, "text/plain", "{}".getBytes(UTF_8)));
    repository.tag(
        tag(),
        manifest("\"config\":%s,\"layers\":[%s]".formatted(config, String.join(",", layers))));
  }

  public void signUnderTag(Signer... signers) {
    putUnderTag(
        Arrays.stream(signers)
            .map(s -> layer(Signer.payload(digest()), s.sign(payload())))
            .toArray(String[]::new));
  }

  private byte[] payload() {
    return Signer.payload(digest()).getBytes(UTF_8);
  }

  public RawManifest attach(String bundle) {
    return attach(artifact.descriptor(), bundle);
  }

  public RawManifest attach(Descriptor subject, String... bundles) {
    Descriptor config = Samples.blob(repository, MediaTypes.OCI_EMPTY, "{}".getBytes(UTF_8));
    String layers =
        Arrays.stream(bundles)
            .map(text -> Samples.blob(repository, Signer.BUNDLE, text.getBytes(UTF_8)))
            .map(Samples::json)
            .collect(Collectors.joining(","));
    return Samples.put(
        repository,
        manifest(
            "\"artifactType\":\"%s\",\"config\":%s,\"layers\":[%s],\"subject\":%s"
                .formatted(Signer.BUNDLE, Samples.json(config), layers, Samples.json(subject))));
  }

  private static RawManifest manifest(String members) {
    String json =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",%s}".formatted(MediaTypes.OCI_MANIFEST, members);
    return RawManifest.of(json.getBytes(UTF_8), MediaTypes.OCI_MANIFEST);
  }
}
