package dev.floe.oci;

import dev.floe.manifest.Digest;

/** How an attempt to set a tag ended, where nothing failed. */
public sealed interface Tagging {

  /** The tag was free and stands now. */
  record Assigned() implements Tagging {}

  /** The tag stood there already; nothing was sent. */
  record Unchanged() implements Tagging {}

  /** The tag stood elsewhere and has moved. */
  record Moved(Digest from) implements Tagging {}

  /** The tag must not move and stands elsewhere; nothing was sent. */
  record Refused(Digest holds) implements Tagging {}
}
