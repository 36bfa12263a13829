package dev.floe.cli;

/** Documents of promotions as the server writes them. */
final class Promotions {

  static final String ID = "req-01J";
  static final String PASSED =
      """
      {"name":"policy_compliance","phase":"before","outcome":"passed","durationMs":2100,"startedAt":"2024-01-15T15:59:00Z"}""";
  static final String TIMED_OUT =
      """
      {"name":"integration_tests","phase":"before","outcome":"failed","durationMs":600000,\
      "reason":"timeout after 600s","message":"Pipeline test timeout",\
      "output":"tests/e2e/test_demo_flow.py timed out after 10 minutes",\
      "hint":"Check pipeline logs, optimize tests, retry","startedAt":"2024-01-15T15:59:02Z"}""";
  static final String SKIPPED =
      """
      {"name":"security_scan","phase":"before","outcome":"skipped","startedAt":"2024-01-15T15:59:03Z"}""";
  static final String APPROVALS =
      """
      {"id":"req-01J","state":"%s","expiresAt":"2024-01-22T16:00:00Z","teams":[\
      {"team":"platform-leads","required":1,"approvals":[%s]},\
      {"team":"security-team","required":1,"approvals":[]}]%s}""";

  private Promotions() {}

  static String promotion(String to, String state, String... members) {
    StringBuilder more = new StringBuilder();
    for (String member : members) {
      more.append(',').append(member);
    }
    return """
        {"id":"%s","kind":"promotion","artifact":"floe-platform","version":"v1.2.3","from":"dev",\
        "to":"%s","state":"%s"%s}"""
        .formatted(ID, to, state, more);
  }

  static String gates(String... gates) {
    return "\"gates\":[%s]".formatted(String.join(",", gates));
  }

  static String tags(String... tags) {
    return "\"tags\":[\"%s\"]".formatted(String.join("\",\"", tags));
  }

  static String approval(String state, String approvals) {
    return "\"approval\":" + APPROVALS.formatted(state, approvals, "");
  }

  static String blockedBy(String code, String message) {
    return """
        "blockedBy":[{"code":"%s","message":"%s","owner":"","remedy":"Mend it.","possibleFrom":null}]"""
        .formatted(code, message);
  }
}
