package dev.floe.manifest;

/** A failure whose message is fit for people, with the code that tells them its kind. */
public interface Coded {

  /** What it is called outside when nobody knows better. */
  ProblemCode code();
}
