/**
 * The registry's folder. Content lies once, by digest, under {@code blobs}; a repository under
 * {@code repositories} holds links to it:
 *
 * <pre>
 * blobs/sha256/ab/abcd…                       content, verified before it gets this name
 * repositories/dev/app/_blobs/sha256/abcd…    empty: this repository has the blob
 * repositories/dev/app/_manifests/sha256/…    the manifest's media type
 * repositories/dev/app/_tags/v1               the digest of a manifest
 * repositories/dev/app/_referrers/sha256/…/…  descriptor of a manifest whose subject this is
 * repositories/dev/app/_uploads/…             bytes of an unfinished upload
 * tmp/…                                       files on their way to a name
 * </pre>
 *
 * <p>No repository segment may begin with an underscore, so links and repositories cannot collide.
 * Every file reaches its name by one atomic rename after it is on disk, in the order content, link,
 * referrer, tag: whatever a crash leaves is either complete or not there.
 */
@NullMarked
package dev.floe.embedded.oci.store;

import org.jspecify.annotations.NullMarked;
