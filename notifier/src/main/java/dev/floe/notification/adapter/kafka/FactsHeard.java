package dev.floe.notification.adapter.kafka;

import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reaction;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every fact of the suite, of which nobody is told. */
public final class FactsHeard implements Reaction<Void> {

  private static final Logger LOG = LoggerFactory.getLogger(FactsHeard.class);

  @Override
  public List<Outgoing<Void>> react(Fact fact) {
    LOG.atDebug()
        .setMessage("heard")
        .addKeyValue("event", fact.envelope().type())
        .addKeyValue("id", fact.recorded().id())
        .addKeyValue("artifact", fact.subject())
        .log();
    return List.of();
  }
}
