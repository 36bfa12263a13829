package dev.floe.oci;

import java.util.List;

/** The media types that registries must be told we take, or that we write ourselves. */
public final class MediaTypes {

  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
  public static final String SIGSTORE_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /** A registry that does not read this converts Docker manifests, and so changes their digest. */
  public static final String ACCEPTED_MANIFESTS =
      String.join(
          ", ",
          List.of(OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST, OCI_ARTIFACT, "*/*"));

  private MediaTypes() {}
}
