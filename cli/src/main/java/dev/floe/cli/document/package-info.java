/** JSON documents as they come and go, in JSON and YAML. */
@NullMarked
package dev.floe.cli.document;

import org.jspecify.annotations.NullMarked;
