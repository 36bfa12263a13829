package dev.floe.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured: which artifacts move through which environments by which rules.
 *
 * @param artifacts at least one name
 * @param environments in the order of the path
 * @param access permission → who has it; a permission that is missing has its default
 */
public record Manifest(
    List<String> artifacts,
    List<Environment> environments,
    Map<String, Team> teams,
    Map<Permission, List<String>> access,
    Auth auth,
    Promotion promotion,
    boolean requireIsolation,
    Notifications notifications,
    Retention retention,
    Lifecycle lifecycle,
    @Nullable String openLineageTopic,
    @Nullable Costs costs,
    Audit audit,
    Drift drift) {

  public static final String DEFAULT_ARTIFACT = "floe-platform";

  /** The key under which the log keeps manifests; no artifact's name. */
  public static final String OWN_KEY = "manifest";

  private static final Set<String> ALWAYS_APPROVED = Set.of("prod", "production");

  public Manifest {
    artifacts = List.copyOf(artifacts);
    environments = List.copyOf(environments);
    teams = Ordered.map(teams);
    access = Ordered.copy(access);
  }

  /** Reads back what {@link #canonicalJson()} wrote; gates then have a hash and no command. */
  public static Manifest fromCanonicalJson(String json) {
    return ManifestParser.parseRecorded(json).orThrow();
  }

  /** The artifact that is meant where none is named. */
  public String defaultArtifact() {
    return artifacts.getFirst();
  }

  public List<String> path() {
    return promotion.path();
  }

  public List<String> environmentNames() {
    return environments.stream().map(Environment::name).toList();
  }

  public Optional<Environment> environment(String name) {
    return environments.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  public Environment first() {
    return environments.getFirst();
  }

  public Environment last() {
    return environments.getLast();
  }

  public boolean isFirst(String name) {
    return first().name().equals(name);
  }

  public boolean isLast(String name) {
    return last().name().equals(name);
  }

  /** The environment from which versions come into this one; empty for the first. */
  public Optional<Environment> before(String name) {
    int index = environmentNames().indexOf(name);
    return index > 0 ? Optional.of(environments.get(index - 1)) : Optional.empty();
  }

  /** The environment into which versions go from this one; empty for the last. */
  public Optional<Environment> after(String name) {
    int index = environmentNames().indexOf(name);
    return index >= 0 && index + 1 < environments.size()
        ? Optional.of(environments.get(index + 1))
        : Optional.empty();
  }

  /** Strips an environment's suffix off a version as a person wrote it. */
  public VersionRef versionRef(String text) {
    return VersionRef.parse(text, environmentNames());
  }

  /**
   * Whether people must approve what goes into the environment: if configured, always for the last
   * one, and always for one named prod or production.
   */
  public boolean requireApproval(String name) {
    return isLast(name)
        || alwaysNeedsApproval(name)
        || environment(name).map(Environment::requireApproval).orElse(false);
  }

  static boolean alwaysNeedsApproval(String name) {
    return ALWAYS_APPROVED.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The team of that name; one that is not listed is the identity provider's group. */
  public Team team(String name) {
    Team listed = teams.get(name);
    return listed != null ? listed : Team.ofGroup(name);
  }

  /** The teams that must approve what goes into the environment. */
  public List<Team> approvalTeams(String name) {
    return environment(name).map(Environment::approvalTeams).orElse(List.of()).stream()
        .map(this::team)
        .toList();
  }

  /** Who has the permission there; empty if the manifest does not say, and the default holds. */
  public Optional<List<String>> granted(Permission permission, @Nullable String environmentName) {
    Optional<List<String>> here =
        Optional.ofNullable(environmentName)
            .flatMap(this::environment)
            .map(environment -> environment.access().get(permission));
    return here.or(() -> Optional.ofNullable(access.get(permission)));
  }

  /** Every gate, before and after the tags move, where it is defined or named. */
  public Stream<Gate> gates() {
    return Stream.concat(
        promotion.validationGates().stream(),
        environments.stream().flatMap(environment -> environment.postValidation().stream()));
  }

  /** The enabled gates between two environments, in the order in which they run. */
  public List<Gate> gatesFor(String fromEnv, String toEnv) {
    if (before(toEnv).filter(e -> e.name().equals(fromEnv)).isEmpty()) {
      throw new IllegalArgumentException(
          "%s → %s is no step of %s".formatted(fromEnv, toEnv, path()));
    }
    return gatesInto(toEnv);
  }

  /** The enabled gates that guard the environment, whichever way a version comes. */
  public List<Gate> gatesInto(String environmentName) {
    return promotion.validationGates().stream()
        .filter(gate -> gate.enabled() && gate.appliesTo(environmentName))
        .toList();
  }

  /** A gate by name, enabled or not: a validation gate, or one that runs after the tags moved. */
  public Optional<Gate> gate(String name) {
    return gates().filter(gate -> gate.name().equals(name)).findFirst();
  }

  /** Whether anything at all is checked before or after a promotion. */
  public boolean hasGates() {
    return gates().findAny().isPresent();
  }

  /** The gates run in the environment after its tags moved. */
  public List<Gate> postValidationFor(String environmentName) {
    return environment(environmentName).map(Environment::postValidation).orElse(List.of());
  }

  /**
   * The same manifest in which every environment without a registry has {@code base}/{@code name}.
   */
  public Manifest withRegistriesAt(String base) {
    List<Environment> complete =
        environments.stream()
            .map(e -> e.registries().isEmpty() ? e.withPrimary(base + "/" + e.name()) : e)
            .toList();
    return new Manifest(
        artifacts,
        complete,
        teams,
        access,
        auth,
        promotion,
        requireIsolation,
        notifications,
        retention,
        lifecycle,
        openLineageTopic,
        costs,
        audit,
        drift);
  }

  /**
   * The manifest as it is recorded: canonical JSON with every secret replaced by a reference or a
   * fingerprint and every gate's command by the hash of its definition.
   */
  public String canonicalJson() {
    return Json.write(ManifestTree.of(this));
  }

  /** The paths of all files that the manifest names by {@code file:}, whatever for. */
  public Set<String> files() {
    return NamedFiles.in(this);
  }

  /** {@code sha256:…} of {@link #canonicalJson()}. */
  public String sha256() {
    return Digest.sha256(canonicalJson()).toString();
  }

  /**
   * {@code sha256:…} over everything that matters for getting into the environment: two manifests
   * with the same one decide alike about it.
   */
  public String rulesHash(String environmentName) {
    Environment environment =
        environment(environmentName)
            .orElseThrow(() -> new IllegalArgumentException("no environment " + environmentName));
    return Digest.sha256(Json.write(RulesTree.of(this, environment))).toString();
  }
}
