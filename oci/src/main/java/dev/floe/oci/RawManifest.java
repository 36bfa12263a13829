package dev.floe.oci;

import dev.floe.manifest.Digest;
import java.util.Arrays;
import java.util.Locale;

/** A manifest as it was read: exactly these bytes, under this media type and their own digest. */
public final class RawManifest {

  /** The largest manifest that is read; the specification asks registries to take no larger one. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private final byte[] bytes;
  private final String mediaType;
  private final Digest digest;

  private RawManifest(byte[] bytes, String mediaType, Digest digest) {
    this.bytes = bytes;
    // Types mean the same in either case (RFC 6838), and are compared by equality all over.
    this.mediaType = mediaType.toLowerCase(Locale.ROOT);
    this.digest = digest;
  }

  /** The manifest with its SHA-256 digest. */
  public static RawManifest of(byte[] bytes, String mediaType) {
    byte[] own = bytes.clone();
    return new RawManifest(own, mediaType, Digest.sha256(own));
  }

  /**
   * The manifest under the digest it is known by.
   *
   * @throws IllegalArgumentException if the bytes have another digest
   */
  public static RawManifest of(byte[] bytes, String mediaType, Digest digest) {
    byte[] own = bytes.clone();
    if (!digest.matches(own)) {
      throw new IllegalArgumentException("these bytes are not " + digest);
    }
    return new RawManifest(own, mediaType, digest);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  public String mediaType() {
    return mediaType;
  }

  public Digest digest() {
    return digest;
  }

  public Descriptor descriptor() {
    return new Descriptor(mediaType, digest, bytes.length);
  }

  /**
   * What the manifest says.
   *
   * @throws dev.floe.oci.json.JsonException if it is no manifest, or means different things to
   *     different readers
   */
  public Contents contents() {
    return Contents.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawManifest that
        && mediaType.equals(that.mediaType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return digest + " (" + mediaType + ", " + bytes.length + " bytes)";
  }
}
