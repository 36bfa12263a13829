/** Hosts the rules of approval: which rules are in force, and what follows from others' facts. */
@NullMarked
package dev.floe.approval.application;

import org.jspecify.annotations.NullMarked;
