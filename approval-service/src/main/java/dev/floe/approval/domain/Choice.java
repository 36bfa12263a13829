package dev.floe.approval.domain;

/** What a person says. */
public enum Choice {
  APPROVE,
  DENY
}
