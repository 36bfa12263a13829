/**
 * What stands before every route: it lets no client have more of the server than its share, and
 * refuses what is no proper request before a byte of its body is taken.
 */
@NullMarked
package dev.floe.http.connection;

import org.jspecify.annotations.NullMarked;
