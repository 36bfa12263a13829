/** What every embedded part keeps on disk and on loopback: a locked folder, secrets, ports. */
@NullMarked
package dev.floe.embedded.folder;

import org.jspecify.annotations.NullMarked;
