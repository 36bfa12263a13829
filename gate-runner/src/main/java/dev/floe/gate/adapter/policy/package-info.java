/**
 * The built-in gate {@code policy_compliance}: CEL rules over what a registry says of an artifact.
 */
@NullMarked
package dev.floe.gate.adapter.policy;

import org.jspecify.annotations.NullMarked;
