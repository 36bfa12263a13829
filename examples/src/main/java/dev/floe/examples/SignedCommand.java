package dev.floe.examples;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.floe.promotion.v1.RequestPromotion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A command record that any Kafka client can send: key, value, and headers with the signature. */
public final class SignedCommand {

  static final String TOPIC = "floe.promotion.commands";

  /** Short, for it need only outlive the way to the broker; floe accepts an hour at most. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final String id;
  private final String key;
  private final byte[] value;
  private final Map<String, String> headers;

  private SignedCommand(String id, String key, byte[] value, Map<String, String> headers) {
    this.id = id;
    this.key = key;
    this.value = value;
    this.headers = headers;
  }

  /**
   * Makes a promotion's command and signs it.
   *
   * @param signer the sender's name under {@code auth.command_signers} in the manifest
   */
  public static SignedCommand of(Wish wish, String signer, SenderKey key, Schemas schemas)
      throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString();
    byte[] value = new Wire(schemas).encode(TOPIC, record(wish));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_type", RequestPromotion.getClassSchema().getFullName());
    headers.put("ce_source", "/" + signer);
    headers.put("ce_subject", wish.artifact());
    headers.put("ce_time", now.toString());
    headers.put("content-type", "application/avro");
    headers.put("authorization", "Bearer " + key.sign(claims(id, wish, signer, value, now)));
    return new SignedCommand(id, wish.artifact(), value, headers);
  }

  private static RequestPromotion record(Wish wish) {
    return RequestPromotion.newBuilder()
        .setVersion(wish.version())
        .setTo(wish.to())
        .setRequestApproval(false)
        .setQueue(false)
        .setDowngrade(false)
        .setRegistries(List.of())
        .setReason("")
        .build();
  }

  /** Everything that floe compares with the record: it holds for this one and for no other. */
  private static JWTClaimsSet claims(
      String id, Wish wish, String signer, byte[] value, Instant now) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(signer)
            .subject(signer)
            .audience("floe")
            .jwtID(id)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .claim("topic", TOPIC)
            .claim("key", wish.artifact())
            .claim("cmd_sha256", sha256(value));
    if (wish.replyTo() != null) {
      claims.claim("reply_to", wish.replyTo());
    }
    return claims.build();
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** {@code ce_id}: the answer's key, and what makes sending again harmless. */
  public String id() {
    return id;
  }

  byte[] value() {
    return value.clone();
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The record; the partition is left to Java's default partitioner, which is the right one. */
  public ProducerRecord<String, byte[]> record() {
    var record = new ProducerRecord<>(TOPIC, key, value.clone());
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
