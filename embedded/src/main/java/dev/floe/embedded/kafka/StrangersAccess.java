package dev.floe.embedded.kafka;

import dev.floe.embedded.folder.CannotStartException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What somebody without a password may do; each start makes the broker's list equal to this. No
 * group is among it: who reads says from where, and the broker keeps nothing for them.
 */
final class StrangersAccess {
  private static final String ANYBODY = "User:ANONYMOUS";
  private static final String COMMANDS = "floe.promotion.commands";

  private StrangersAccess() {}

  static Set<AclBinding> bindings() {
    Set<AclBinding> bindings = new HashSet<>();
    for (AclOperation reading : List.of(AclOperation.READ, AclOperation.DESCRIBE)) {
      bindings.add(allow(ResourceType.TOPIC, "floe.", PatternType.PREFIXED, reading));
    }
    bindings.add(allow(ResourceType.TOPIC, COMMANDS, PatternType.LITERAL, AclOperation.WRITE));
    bindings.add(
        allow(
            ResourceType.CLUSTER,
            "kafka-cluster",
            PatternType.LITERAL,
            AclOperation.IDEMPOTENT_WRITE));
    return bindings;
  }

  private static AclBinding allow(
      ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(ANYBODY, "*", operation, AclPermissionType.ALLOW));
  }

  /** Makes those of {@code topics} that are missing, with one partition, and lets anybody read. */
  static void grantReading(Map<String, Object> servicesConfig, Collection<String> topics) {
    try (Admin admin = Admin.create(servicesConfig)) {
      Set<String> present = admin.listTopics().names().get();
      var missing =
          topics.stream()
              .filter(topic -> !present.contains(topic))
              .map(topic -> new NewTopic(topic, 1, (short) 1))
              .toList();
      admin.createTopics(missing).all().get();
      var reading =
          topics.stream()
              .flatMap(
                  topic ->
                      Stream.of(AclOperation.READ, AclOperation.DESCRIBE)
                          .map(each -> allow(ResourceType.TOPIC, topic, PatternType.LITERAL, each)))
              .toList();
      admin.createAcls(reading).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("%s cannot be opened: %s".formatted(topics, e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static void grant(Map<String, Object> servicesConfig, StrangersLimits limits) {
    try (Admin admin = Admin.create(servicesConfig)) {
      Set<AclBinding> wanted = bindings();
      Collection<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get();
      List<AclBindingFilter> foreign =
          present.stream().filter(b -> !wanted.contains(b)).map(AclBinding::toFilter).toList();
      if (!foreign.isEmpty()) {
        admin.deleteAcls(foreign).all().get();
      }
      List<AclBinding> missing = wanted.stream().filter(b -> !present.contains(b)).toList();
      if (!missing.isEmpty()) {
        admin.createAcls(missing).all().get();
      }
      admin.alterClientQuotas(List.of(quotas(limits))).all().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AuthenticationException
          ? new CannotStartException(
              "Kafka's services.password is not the one its folder was made with; restore that"
                  + " file",
              e)
          : new CannotStartException(
              "Kafka does not take its access list (" + e.getCause() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("Kafka's start was interrupted", e);
    }
  }

  static void limit(Map<String, Object> servicesConfig, StrangersLimits limits) {
    try (Admin admin = Admin.create(servicesConfig)) {
      admin.alterClientQuotas(List.of(quotas(limits))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("strangers' limits stay: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static ClientQuotaAlteration quotas(StrangersLimits limits) {
    var strangers = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "ANONYMOUS"));
    return new ClientQuotaAlteration(
        strangers,
        limits.quotas().entrySet().stream()
            .map(quota -> new ClientQuotaAlteration.Op(quota.getKey(), quota.getValue()))
            .toList());
  }
}
