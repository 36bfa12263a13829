package dev.floe.oci.testing;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Artifacts of every kind, written into a repository the way their usual authors write them. */
public final class Samples {

  private Samples() {}

  /** The kinds. */
  public enum Kind {
    PLAIN_MANIFEST,
    FOUR_PLATFORM_INDEX,
    DOCKER_LIST,
    PLAIN_TAR_ARTIFACT,
    SIGNED_BY_TAG,
    SIGNED_BY_REFERRER,
    NESTED_REFERRERS,
    UNKNOWN_TYPES_AND_SHA512
  }

  /** Writes one of that kind; the digest of its top. */
  public static Digest write(Kind kind, Repository into) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case PLAIN_MANIFEST, PLAIN_TAR_ARTIFACT ->
          put(into, image(into, name, kind == Kind.PLAIN_TAR_ARTIFACT)).digest();
      case FOUR_PLATFORM_INDEX -> put(into, index(into, name, false)).digest();
      case DOCKER_LIST -> put(into, index(into, name, true)).digest();
      case SIGNED_BY_TAG -> signedByTag(into, name);
      case SIGNED_BY_REFERRER -> signedByReferrer(into, name);
      case NESTED_REFERRERS -> nested(into, name);
      case UNKNOWN_TYPES_AND_SHA512 -> put(into, unknownTypes(into, name)).digest();
    };
  }

  private static Digest signedByTag(Repository into, String name) {
    RawManifest index = put(into, index(into, name, false, List.of("amd64", "arm64")));
    signByTag(into, index.digest());
    Digest platform = index.contents().manifests().getLast().digest();
    signByTag(into, platform);
    return index.digest();
  }

  /** Puts a cosign-shaped signature of the digest under its tag. */
  public static RawManifest signByTag(Repository into, Digest signed) {
    String type = "application/vnd.dev.cosign.simplesigning.v1+json";
    Descriptor payload = blob(into, type, text("{\"critical\":\"" + signed + "\"}"));
    RawManifest signature =
        oci(
            """
            {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
            """
                .formatted(MediaTypes.OCI_MANIFEST, empty(into), json(payload)));
    into.tag(ReferrersTag.of(signed) + ".sig", signature);
    return signature;
  }

  private static Digest signedByReferrer(Repository into, String name) {
    RawManifest index = put(into, index(into, name, false, List.of("amd64", "arm64")));
    put(into, referrer(into, index.descriptor(), "bundle of the index"));
    Descriptor platform = index.contents().manifests().getFirst();
    put(into, referrer(into, platform, "bundle of a platform"));
    return index.digest();
  }

  private static Digest nested(Repository into, String name) {
    RawManifest image = put(into, image(into, name, false));
    RawManifest sbom = put(into, referrer(into, image.descriptor(), "an sbom"));
    put(into, referrer(into, sbom.descriptor(), "a signature of the sbom"));
    signByTag(into, sbom.digest());
    return image.digest();
  }

  public static RawManifest put(Repository into, RawManifest manifest) {
    into.putManifest(manifest);
    return manifest;
  }

  /** An image or artifact with three layers; its blobs are there, itself not yet. */
  public static RawManifest image(Repository into, String name, boolean plainTar) {
    String layerType = "application/vnd.oci.image.layer.v1.tar" + (plainTar ? "" : "+gzip");
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      layers.add(blob(into, layerType, noise(name + i, 20_000 + i)));
    }
    String artifactType = plainTar ? "\"artifactType\": \"application/vnd.acme.v1\"," : "";
    // Odd blanks and order on purpose: who parses and writes again changes the digest.
    return oci(
        """
        {  "schemaVersion": 2, %s "layers": [%s],
            "config":%s,
          "annotations":{"b":"2","a":"1 \\u00e9"} }
        """
            .formatted(artifactType, json(layers), empty(into)));
  }

  /** Four platforms, in OCI's or Docker's format; the children are there, itself not yet. */
  public static RawManifest index(Repository into, String name, boolean docker) {
    return index(into, name, docker, List.of("amd64", "arm64", "arm", "s390x"));
  }

  private static RawManifest index(
      Repository into, String name, boolean docker, List<String> architectures) {
    List<String> entries = new ArrayList<>();
    for (String architecture : architectures) {
      RawManifest child = put(into, platform(into, name + architecture, docker));
      entries.add(
          """
          {"mediaType":"%s","digest":"%s","size":%d,"platform":{"architecture":"%s","os":"linux"}}\
          """
              .formatted(child.mediaType(), child.digest(), child.size(), architecture));
    }
    String type = docker ? MediaTypes.DOCKER_LIST : MediaTypes.OCI_INDEX;
    String text =
        "{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"%s\",\n   \"manifests\": [%s]\n}"
            .formatted(type, String.join(",\n", entries));
    return RawManifest.of(text(text), type);
  }

  private static RawManifest platform(Repository into, String name, boolean docker) {
    String configType =
        docker
            ? "application/vnd.docker.container.image.v1+json"
            : "application/vnd.oci.image.config.v1+json";
    String layerType =
        docker
            ? "application/vnd.docker.image.rootfs.diff.tar.gzip"
            : "application/vnd.oci.image.layer.v1.tar+gzip";
    String type = docker ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST;
    Descriptor config = blob(into, configType, text("{\"os\":\"linux\",\"by\":\"" + name + "\"}"));
    Descriptor own = blob(into, layerType, noise(name, 5_000));
    Descriptor base = blob(into, layerType, noise("base", 30_000));
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(type, json(config), json(List.of(base, own, base)));
    return RawManifest.of(text(text), type);
  }

  private static RawManifest unknownTypes(Repository into, String name) {
    byte[] bytes = noise(name, 3_000);
    Descriptor sha512 = blob(into, "application/x-nobody-knows", bytes, sha512(bytes));
    Descriptor none = blob(into, "text/plain", new byte[0]);
    return oci(
        """
        {"schemaVersion":2,"config":%s,"layers":[%s]}\
        """
            .formatted(empty(into), json(List.of(sha512, none))));
  }

  /** A manifest that refers to another one; its blobs are there, itself not yet. */
  public static RawManifest referrer(Repository into, Descriptor subject, String what) {
    String type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    Descriptor bundle = blob(into, type, text(what));
    return oci(
        """
        {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","config":%s,"layers":[%s],\
        "subject":%s,"annotations":{"dev.sigstore.bundle.content":"dsse-envelope"}}\
        """
            .formatted(MediaTypes.OCI_MANIFEST, type, empty(into), json(bundle), json(subject)));
  }

  private static String empty(Repository into) {
    return json(blob(into, MediaTypes.OCI_EMPTY, text("{}")));
  }

  public static Descriptor blob(Repository into, String mediaType, byte[] bytes) {
    return blob(into, mediaType, bytes, Digest.sha256(bytes));
  }

  private static Descriptor blob(Repository into, String type, byte[] bytes, Digest digest) {
    Descriptor blob = new Descriptor(type, digest, bytes.length);
    if (!into.hasBlob(blob)) {
      into.putBlob(blob, BlobSource.of(bytes));
    }
    return blob;
  }

  public static Digest sha512(byte[] bytes) {
    var hash = new Digest("sha512", "0".repeat(128)).newHash();
    return new Digest("sha512", HexFormat.of().formatHex(hash.digest(bytes)));
  }

  public static String json(Descriptor descriptor) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  private static String json(List<Descriptor> descriptors) {
    return descriptors.stream().map(Samples::json).collect(Collectors.joining(", "));
  }

  private static RawManifest oci(String text) {
    return RawManifest.of(text(text), MediaTypes.OCI_MANIFEST);
  }

  public static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes that nothing compresses, the same for the same name. */
  public static byte[] noise(String name, int length) {
    byte[] bytes = new byte[length];
    new Random(name.hashCode()).nextBytes(bytes);
    return bytes;
  }
}
