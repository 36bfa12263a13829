/**
 * Who may what, for every door alike. {@link dev.floe.access.Access} is the one function that
 * decides; the tokens say who is asking: {@link dev.floe.access.CommandTokens} on records, {@link
 * dev.floe.access.UserTokens} and {@link dev.floe.access.OidcTokens} on HTTP requests.
 *
 * <p>All of it is pure but {@link dev.floe.access.KeyFile}: time, keys and randomness are given.
 */
@NullMarked
@CheckReturnValue
package dev.floe.access;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
