package dev.floe.cli.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object that was read: members in their order, and answers instead of nulls. */
public record Doc(Map<String, @Nullable Object> members) {

  /** The object without members. */
  public static final Doc EMPTY = new Doc(Map.of());

  public Doc {
    // Not Map.copyOf: null is a value that JSON has, and order is part of how it reads.
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  public boolean has(String name) {
    return members.get(name) != null;
  }

  /** The member as text; empty if there is none. */
  public String text(String name) {
    Object value = members.get(name);
    return value == null ? "" : value.toString();
  }

  /** The member as text, or what stands in for it. */
  public String text(String name, String otherwise) {
    String text = text(name);
    return text.isEmpty() ? otherwise : text;
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** The member as a whole number; 0 if it is none. */
  public long number(String name) {
    return switch (members.get(name)) {
      case BigDecimal exact -> exact.longValue();
      case Number number -> number.longValue();
      case String digits when digits.matches("[0-9]{1,18}") -> Long.parseLong(digits);
      case null, default -> 0;
    };
  }

  /** The member as an object; {@link #EMPTY} if it is none. */
  public Doc doc(String name) {
    return of(members.get(name));
  }

  /** The objects of a list; none if the member is no list. */
  public List<Doc> docs(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(Doc::of).toList()
        : List.of();
  }

  /** The words of a list; a single word counts as a list of one. */
  public List<String> texts(String name) {
    return switch (members.get(name)) {
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case String one -> List.of(one);
      case null, default -> List.of();
    };
  }

  /** The member as a time, if it is one. */
  public Optional<Instant> time(String name) {
    try {
      String text = text(name);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The same with one member more, or another value of it. */
  public Doc with(String name, Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Doc(more);
  }

  /** An object out of anything that was read; {@link #EMPTY} if it is none. */
  public static Doc of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return EMPTY;
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put(String.valueOf(key), member));
    return new Doc(members);
  }
}
