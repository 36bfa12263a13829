/**
 * What an export is verified with, offline and with the public key alone. An entry's canonical
 * bytes are a leaf of its partition's RFC 6962 tree; a signed checkpoint fixes the tree's root.
 *
 * <p>Stands on the JDK only, so that a verifier of the audit trail needs nothing of the system that
 * wrote it.
 */
@NullMarked
package dev.floe.proof;

import org.jspecify.annotations.NullMarked;
