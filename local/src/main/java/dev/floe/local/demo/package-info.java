/** The main job from end to end on a throw-away system, told step by step. */
@NullMarked
package dev.floe.local.demo;

import org.jspecify.annotations.NullMarked;
