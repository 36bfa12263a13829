/**
 * The read side on Kafka: reactions to other services' events, the manifest stream, and the feed
 * that projections are built from. Every reader checks sequence and epoch itself.
 */
@NullMarked
package dev.floe.messaging.feed;

import org.jspecify.annotations.NullMarked;
