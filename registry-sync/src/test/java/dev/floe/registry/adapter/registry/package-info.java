@NullMarked
package dev.floe.registry.adapter.registry;

import org.jspecify.annotations.NullMarked;
