package dev.floe.http;

/** Something that must accept work before the whole is ready. */
public interface ReadinessCheck {

  /** What it is, such as {@code promotion-service}. */
  String name();

  boolean isReady();
}
