package dev.floe.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named stage on the path, with its registries and the rules for getting in.
 *
 * <p>{@code requireApproval} is what the manifest says; what holds is {@link
 * Manifest#requireApproval(String)}.
 *
 * @param approvalTimeout how long a request for approval stays open
 * @param postValidation the gates run after the tags moved
 * @param latest whether a tag {@code latest-<name>} follows what is live here
 * @param access permission lists that replace the top-level ones here
 */
public record Environment(
    String name,
    List<Registry> registries,
    boolean requireApproval,
    List<String> approvalTeams,
    int approvalsPerTeam,
    Duration approvalTimeout,
    OnApproval onApproval,
    List<Gate> postValidation,
    List<Freeze> freeze,
    boolean latest,
    Map<Permission, List<String>> access) {

  /** What happens once the last team has approved. */
  public enum OnApproval {
    /** The next {@code promote} of that version goes on. */
    HOLD,
    /** The promotion goes on by itself. */
    PROCEED
  }

  public static final Duration DEFAULT_APPROVAL_TIMEOUT = Duration.ofDays(7);

  public Environment {
    registries = List.copyOf(registries);
    approvalTeams = List.copyOf(approvalTeams);
    postValidation = List.copyOf(postValidation);
    freeze = List.copyOf(freeze);
    access = Ordered.copy(access);
  }

  /** An environment about which the manifest says nothing but its name. */
  public static Environment named(String name) {
    return new Environment(
        name,
        List.of(),
        false,
        List.of(),
        1,
        DEFAULT_APPROVAL_TIMEOUT,
        OnApproval.HOLD,
        List.of(),
        List.of(),
        true,
        Map.of());
  }

  /** The tags of a version that is live here. */
  public List<String> liveTags(Version version) {
    String own = version + "-" + name;
    return latest ? List.of(own, "latest-" + name) : List.of(own);
  }

  /** The registry that counts; empty if the manifest names none. */
  public Optional<Registry> primary() {
    return registry(Registry.PRIMARY);
  }

  public Optional<Registry> registry(String registryName) {
    return registries.stream().filter(r -> r.name().equals(registryName)).findFirst();
  }

  Environment withPrimary(String url) {
    return new Environment(
        name,
        List.of(new Registry(Registry.PRIMARY, RegistryUrl.parse(url), RegistryAccess.anonymous())),
        requireApproval,
        approvalTeams,
        approvalsPerTeam,
        approvalTimeout,
        onApproval,
        postValidation,
        freeze,
        latest,
        access);
  }
}
