package dev.floe.registry.adapter.registry;

import dev.floe.oci.RawManifest;
import java.util.List;

/** Brings layers and a manifest into one repository, as they are. */
@FunctionalInterface
interface Pusher {
  void push(List<PackedLayer> layers, RawManifest manifest);
}
