package dev.floe.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A route that changes something and asks no one whether the asker may; {@code value} says why. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface OpenToEveryone {
  String value();
}
