@NullMarked
package dev.floe.http.connection;

import org.jspecify.annotations.NullMarked;
