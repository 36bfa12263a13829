@NullMarked
package dev.floe.audit;

import org.jspecify.annotations.NullMarked;
