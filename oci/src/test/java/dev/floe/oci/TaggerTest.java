package dev.floe.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.Tagger.Mobility;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Samples;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggerTest {

  @TempDir Path folder;
  private Place.Open place;
  private FaultyProxy proxy;
  private Repository repository;
  private Digest first;
  private Digest second;

  @BeforeEach
  void open() {
    place = Place.EMBEDDED.open(folder);
    proxy = FaultyProxy.before(place.host());
    repository = Place.client(proxy.host()).repository("prod/floe-platform");
    first = Samples.put(repository, Samples.image(repository, "first", false)).digest();
    second = Samples.put(repository, Samples.image(repository, "second", false)).digest();
    proxy.forget();
  }

  @AfterEach
  void close() {
    proxy.close();
    place.close();
  }

  @Test
  @Requirement("327.6")
  void assigns_a_free_tag_and_reads_it_back() {
    assertThat(Tagger.assign(repository, "v1.2.3-prod", first, Mobility.IMMUTABLE))
        .isEqualTo(new Tagging.Assigned());
    assertThat(repository.manifest("v1.2.3-prod").digest()).isEqualTo(first);
  }

  @Test
  @Requirement("327.6")
  void leaves_a_tag_alone_that_stands_there_already_and_says_so() {
    Tagger.assign(repository, "v1.2.3-prod", first, Mobility.IMMUTABLE);
    proxy.forget();

    assertThat(Tagger.assign(repository, "v1.2.3-prod", first, Mobility.IMMUTABLE))
        .isEqualTo(new Tagging.Unchanged());
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  @Requirement("327.6")
  void refuses_to_move_an_immutable_tag_and_sends_nothing() {
    Tagger.assign(repository, "v1.2.3-prod", first, Mobility.IMMUTABLE);
    proxy.forget();

    assertThat(Tagger.assign(repository, "v1.2.3-prod", second, Mobility.IMMUTABLE))
        .isEqualTo(new Tagging.Refused(first));
    assertThat(proxy.count("PUT", "/manifests/")).isZero();
    assertThat(repository.manifest("v1.2.3-prod").digest()).isEqualTo(first);
  }

  @Test
  void moves_a_tag_that_may_move() {
    Tagger.assign(repository, "latest-prod", first, Mobility.MOVING);

    assertThat(Tagger.assign(repository, "latest-prod", second, Mobility.MOVING))
        .isEqualTo(new Tagging.Moved(first));
    assertThat(repository.manifest("latest-prod").digest()).isEqualTo(second);
  }

  @Test
  void fails_when_the_digest_is_not_in_the_repository() {
    assertThatThrownBy(
            () -> Tagger.assign(repository, "v9", Digest.sha256("absent"), Mobility.MOVING))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.NOT_FOUND, RegistryException::trouble);
    assertThat(repository.tags()).isEmpty();
  }

  @Test
  void fails_when_the_registry_forgets_the_tag() {
    proxy.with(
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && FaultyProxy.answer(exchange, 201, Map.of(), new byte[0]));

    assertThatThrownBy(() -> Tagger.assign(repository, "v1", first, Mobility.IMMUTABLE))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.NOT_FOUND, RegistryException::trouble);
  }

  @Test
  void fails_when_the_tag_stands_elsewhere_afterwards() {
    Tagger.assign(repository, "latest-prod", first, Mobility.MOVING);
    proxy.with(
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && FaultyProxy.answer(exchange, 201, Map.of(), new byte[0]));

    assertThatThrownBy(() -> Tagger.assign(repository, "latest-prod", second, Mobility.MOVING))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.DIGEST_MISMATCH, RegistryException::trouble)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("latest-prod", first.toString(), second.toString());
  }
}
