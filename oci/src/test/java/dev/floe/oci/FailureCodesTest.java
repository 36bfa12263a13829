package dev.floe.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Coded;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.ProblemCode;
import dev.floe.oci.credentials.CredentialsException;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever these modules know to say arrives under a code of its own, and not as unexpected. */
class FailureCodesTest {

  private static final Set<Integer> EXITS = Set.of(2, 4, 5, 21);

  @Test
  void every_failure_that_these_modules_define_has_one() throws Exception {
    List<Class<?>> failures = new ArrayList<>(failuresBeside(RegistryException.class));
    failures.addAll(failuresBeside(InvalidWord.class));

    assertThat(failures)
        .contains(RegistryException.class, JsonException.class, CredentialsException.class)
        .contains(InvalidWord.class)
        .allSatisfy(each -> assertThat(Coded.class).isAssignableFrom(each));
  }

  /** All throwables of the module that the class belongs to. */
  private static List<Class<?>> failuresBeside(Class<?> one) throws Exception {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return failuresUnder(place);
    }
    URI jar = URI.create("jar:" + place.toUri());
    try (var files = FileSystems.newFileSystem(jar, java.util.Map.of())) {
      return failuresUnder(files.getPath("/"));
    }
  }

  private static List<Class<?>> failuresUnder(Path root) throws IOException {
    List<Class<?>> failures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('/', '.');
        Class<?> type = classOf(name.substring(0, name.length() - ".class".length()));
        if (Throwable.class.isAssignableFrom(type)) {
          failures.add(type);
        }
      }
    }
    return failures;
  }

  private static Class<?> classOf(String name) {
    try {
      return Class.forName(name, false, FailureCodesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(RegistryTrouble.class)
  void every_trouble_of_a_registry_has_one(RegistryTrouble trouble) {
    var failure = new RegistryException(trouble, "read", "host", "it is so");

    assertThat(failure.code()).isNotEqualTo(ProblemCode.UNEXPECTED);
    assertThat(EXITS).contains(failure.code().exitCode());
  }
}
