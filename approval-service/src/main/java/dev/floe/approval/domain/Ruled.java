package dev.floe.approval.domain;

/** A command with the rules that hold while it is decided. */
public record Ruled(ApprovalRules rules, ApprovalCommand command) {}
