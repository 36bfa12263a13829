/** How an open promotion goes on: each intent, what its answer leads to, and how it ends. */
@NullMarked
package dev.floe.promotion.domain.course;

import org.jspecify.annotations.NullMarked;
