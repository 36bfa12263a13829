package dev.floe.audit.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One activity in the trail, as clients see it: the contract's shape, section 6.
 *
 * @param artifact full reference, {@code oci://host/repository:tag}
 * @param userKind user, service_account, app_user or system
 * @param requestId the promotion's id
 * @param id the event's
 * @param position where it stands in the log, {@code topic/partition/offset}
 * @param verdict why it does not count: void, gap or unreadable; absent where it does
 */
public record Entry(
    Instant timestamp,
    String event,
    String artifact,
    @Nullable String version,
    @Nullable String digest,
    @JsonProperty("from_env") @Nullable String fromEnv,
    @JsonProperty("to_env") @Nullable String toEnv,
    String user,
    @JsonProperty("user_kind") String userKind,
    @JsonProperty("request_id") @Nullable String requestId,
    String id,
    String position,
    @Nullable String cause,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String verdict,
    Map<String, @Nullable Object> details) {}
