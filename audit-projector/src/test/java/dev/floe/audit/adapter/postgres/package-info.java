@NullMarked
package dev.floe.audit.adapter.postgres;

import org.jspecify.annotations.NullMarked;
