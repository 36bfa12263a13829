package dev.floe.local.adapter.http;

/** Whether there is room for anything new. */
public interface Room {

  /** Why nothing new is taken; empty where something is. */
  String shortage();
}
