package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import java.nio.file.Path;

/**
 * One layer as it will lie in the registry, in a file for now.
 *
 * @param unpacked digest of the tar before it was zipped
 */
record PackedLayer(String title, Path file, Descriptor descriptor, Digest unpacked) {}
