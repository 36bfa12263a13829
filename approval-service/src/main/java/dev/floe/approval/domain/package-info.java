/**
 * Who has said yes, and whether that is enough. A request stands until every team has given its
 * approvals, one person denies, its time is over, or its promotion ends.
 */
@NullMarked
@CheckReturnValue
package dev.floe.approval.domain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
