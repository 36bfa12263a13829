package dev.floe.promotion.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.floe.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A promotion as the contract shows it (section 6), as far as the service that decides knows it;
 * what has become of it since tells {@code GET /api/v1/promotions/{id}}.
 *
 * @param note what a person should know beside it, such as that nothing was to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromotionView(
    @Nullable String id,
    String kind,
    String artifact,
    String version,
    @Nullable String digest,
    @Nullable String from,
    String to,
    String state,
    @Nullable String requestedBy,
    @Nullable String requestedAt,
    @Nullable String updatedAt,
    boolean dryRun,
    @Nullable String planHash,
    @Nullable Integer manifestRevision,
    List<GateView> gates,
    @Nullable ApprovalView approval,
    List<RegistryView> registries,
    List<String> tags,
    List<Problem.Blocker> blockedBy,
    @Nullable String note) {

  /** One gate; null stands for what is not known before it has run. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record GateView(String name, String phase, @Nullable String outcome) {}

  /** What an approval takes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ApprovalView(
      @Nullable String id,
      @Nullable String state,
      @Nullable String timeout,
      List<TeamView> teams) {}

  /** What one team has to give. */
  public record TeamView(String team, int required, List<Object> approvals) {}

  /** One registry that the version goes to. */
  public record RegistryView(String name, String ref, String state) {}
}
