package dev.floe.http.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How much of the server its clients may have.
 *
 * @param connections of all clients together
 * @param connectionsPerAddress of one address; the loopback addresses are everybody's
 * @param head how long a request's head may take, from its first byte or the connection's begin
 * @param body how long a body that is read as a whole may take
 * @param stall how long an upload or a reader may stand still
 * @param idle how long a connection is kept for another request
 */
@ConfigurationProperties("floe.http")
public record Limits(
    @Bindable(defaultValue = "400") int connections,
    @Bindable(defaultValue = "100") int connectionsPerAddress,
    @Bindable(defaultValue = "10s") Duration head,
    @Bindable(defaultValue = "30s") Duration body,
    @Bindable(defaultValue = "60s") Duration stall,
    @Bindable(defaultValue = "60s") Duration idle) {}
