package dev.floe.oci.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A JSON value; numbers keep the text they were written in. */
public sealed interface Json {

  /** An object; members keep their order. */
  record Members(Map<String, Json> byName) implements Json {
    public Members {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** The same with one member more, at the end. */
    public Members with(String name, Json value) {
      Map<String, Json> more = new LinkedHashMap<>(byName);
      more.put(name, value);
      return new Members(more);
    }

    public Members with(String name, String value) {
      return with(name, new Text(value));
    }

    public Members with(String name, long value) {
      return with(name, new Numeral(Long.toString(value)));
    }

    /** With the texts in their order. */
    public Members with(String name, Map<String, String> texts) {
      Members members = object();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        members = members.with(text.getKey(), text.getValue());
      }
      return with(name, members);
    }

    public Members with(String name, List<? extends Json> values) {
      return with(name, new Elements(List.copyOf(values)));
    }
  }

  /** An array. */
  record Elements(List<Json> list) implements Json {
    public Elements {
      list = List.copyOf(list);
    }
  }

  /** A string. */
  record Text(String value) implements Json {}

  /** A number as it was written. */
  record Numeral(String written) implements Json {}

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements Json {}

  /** {@code null}. */
  record Nothing() implements Json {}

  /** An object without members, to write more into. */
  static Members object() {
    return new Members(Map.of());
  }

  /** The value in {@code bytes}, which must be UTF-8 and hold nothing else. */
  static Json read(byte[] bytes) {
    return JsonReader.read(bytes);
  }

  /** The member of that name, if this is an object that has it and it is not null. */
  default Optional<Json> member(String name) {
    return this instanceof Members(var byName)
        ? Optional.ofNullable(byName.get(name)).filter(value -> !(value instanceof Nothing))
        : Optional.empty();
  }

  /** The string member of that name; a member of another kind is an error. */
  default Optional<String> text(String name) {
    return member(name)
        .map(
            value -> {
              if (value instanceof Text(String text)) {
                return text;
              }
              throw new JsonException("\"" + name + "\" is no string");
            });
  }

  /** The whole-number member of that name; a member of another kind is an error. */
  default OptionalLong whole(String name) {
    Optional<Json> value = member(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get() instanceof Numeral(String written) && written.matches("-?[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(written));
    }
    throw new JsonException("\"" + name + "\" is no whole number");
  }

  /** The elements of the array member of that name, none when it is absent. */
  default List<Json> elements(String name) {
    Optional<Json> value = member(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Elements(List<Json> list)) {
      return list;
    }
    throw new JsonException("\"" + name + "\" is no array");
  }

  /** The string-to-string object member of that name, empty when it is absent. */
  default Map<String, String> texts(String name) {
    Optional<Json> value = member(name);
    if (value.isEmpty()) {
      return Map.of();
    }
    if (!(value.get() instanceof Members members)) {
      throw new JsonException("\"" + name + "\" is no object");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : members.byName().keySet()) {
      members.text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }
}
