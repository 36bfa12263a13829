/** Hosts the rules of promotion: hands them what is in force, and puts manifests in force. */
@NullMarked
package dev.floe.promotion.application;

import org.jspecify.annotations.NullMarked;
