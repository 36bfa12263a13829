package dev.floe.registry.adapter.registry;

import dev.floe.oci.Descriptor;
import java.nio.file.Path;

/** One layer as it will lie in the registry, in a file for now. */
record PackedLayer(String title, Path file, Descriptor descriptor) {}
