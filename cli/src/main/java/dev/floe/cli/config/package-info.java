/** floe config: the manifest. */
@NullMarked
package dev.floe.cli.config;

import org.jspecify.annotations.NullMarked;
