@NullMarked
package dev.floe.audit.view;

import org.jspecify.annotations.NullMarked;
