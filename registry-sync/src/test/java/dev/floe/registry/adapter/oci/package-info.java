@NullMarked
package dev.floe.registry.adapter.oci;

import org.jspecify.annotations.NullMarked;
