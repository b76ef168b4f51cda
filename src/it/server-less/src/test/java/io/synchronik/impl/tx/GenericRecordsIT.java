package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.jta.TransactionManager;
import io.synchronik.run.InvalidPayloadException;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generic types of values: read where they are known, or said why not. */
public class GenericRecordsIT {
  private static final Json JSON =
      new Json(
          JsonbBuilder.create(),
          65_536,
          new UserCode(TransactionManager.transactionManager(), () -> () -> {}));

  public record G<T>(T value) {}

  public record Two<A, B>(A first, B second) {}

  public record Plain(int number, String text) {}

  public record Nested(
      G<String> inner, List<G<Integer>> more, Map<String, G<Plain>> byName, int number) {}

  public record Holder<T>(List<T> values, Map<String, T> byName, Optional<T> maybe, G<T> inner) {}

  public record Bound<T extends Comparable<T>>(T value) {}

  public record Renamed<T>(@JsonbProperty("v") List<T> value) {}

  public record Strict<T>(T value) {
    public Strict {
      if (value == null) {
        throw new IllegalArgumentException("no value");
      }
    }
  }

  public enum Colour {
    RED
  }

  public static class Bean<T> {
    public T value;
  }

  public static class HoldsRecord {
    public G<String> inner;
  }

  public static class NoConstructor {
    final int number;

    NoConstructor(int number) {
      this.number = number;
    }
  }

  public static class Created {
    final int number;

    Created(int number) {
      this.number = number;
    }

    @JsonbCreator
    static Created of(@JsonbProperty("number") int number) {
      return new Created(number);
    }
  }

  @SuppressWarnings("ClassCanBeStatic")
  public class Inner {}

  public interface Shape {}

  public abstract static class Half {}

  /** Catches a type. */
  abstract static class Of<T> {
    Type type() {
      return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
    }
  }

  record Case(Object value, Type type) {}

  static Stream<Case> readable() {
    Nested nested =
        new Nested(new G<>("a"), List.of(new G<>(1)), Map.of("k", new G<>(new Plain(1, "b"))), 7);
    return Stream.of(
        new Case(new G<>("a"), new Of<G<String>>() {}.type()),
        new Case(new G<>("a"), G.class),
        new Case(new G<>(5L), new Of<G<Long>>() {}.type()),
        new Case(new G<>(new Plain(1, "b")), new Of<G<Plain>>() {}.type()),
        new Case(new G<>(new G<>(2)), new Of<G<G<Integer>>>() {}.type()),
        new Case(new G<>(Colour.RED), new Of<G<Colour>>() {}.type()),
        new Case(new G<>(Instant.EPOCH), new Of<G<Instant>>() {}.type()),
        new Case(new G<>(List.of("a")), new Of<G<List<String>>>() {}.type()),
        new Case(new G<>(Optional.of("a")), new Of<G<Optional<String>>>() {}.type()),
        new Case(new G<>(Optional.empty()), new Of<G<Optional<String>>>() {}.type()),
        new Case(new G<>(null), new Of<G<String>>() {}.type()),
        new Case(new G<>("a"), new Of<G<?>>() {}.type()),
        new Case(new G<>(new Plain(1, "b")), new Of<G<? extends Plain>>() {}.type()),
        new Case(List.of(new G<>("a"), new G<>("b")), new Of<List<G<String>>>() {}.type()),
        new Case(Set.of(new G<>("a")), new Of<Set<G<String>>>() {}.type()),
        new Case(Map.of("k", new G<>(1)), new Of<Map<String, G<Integer>>>() {}.type()),
        new Case(Map.of(Colour.RED, new G<>(1)), new Of<Map<Colour, G<Integer>>>() {}.type()),
        new Case(Optional.of(new G<>("a")), new Of<Optional<G<String>>>() {}.type()),
        new Case(
            new Two<>("a", List.of(new G<>(1))), new Of<Two<String, List<G<Integer>>>>() {}.type()),
        new Case(nested, Nested.class),
        new Case(
            new Holder<>(List.of(1), Map.of("k", 2), Optional.of(3), new G<>(4)),
            new Of<Holder<Integer>>() {}.type()),
        new Case(new Bound<>("a"), new Of<Bound<String>>() {}.type()),
        new Case(new Bound<>("a"), Bound.class),
        new Case(new Renamed<>(List.of("a")), new Of<Renamed<String>>() {}.type()),
        new Case(new Plain(1, "b"), Plain.class),
        new Case(List.of(new Plain(1, "b")), new Of<List<Plain>>() {}.type()),
        new Case("a", String.class),
        new Case(BigDecimal.ONE, Object.class));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void whatWasWrittenIsReadAsItsType(Case one) {
    String json = JSON.write("a value", one.value);

    assertThat(JSON.read(json, one.type)).isEqualTo(one.value);
    assertThat(JsonTypes.obstacle(one.type)).isEmpty();
  }

  @Test
  void arraysAreRead() {
    Object read = JSON.read("[{\"value\":\"a\"}]", new Of<G<String>[]>() {}.type());

    assertThat((Object[]) read).containsExactly(new G<>("a"));
    assertThat(JSON.read("[{\"value\":1}]", G[].class)).containsExactly(new G<>(BigDecimal.ONE));
  }

  @Test
  void unknownPropertiesArePassedOverAndMissingOnesAreNothing() {
    Nested read = JSON.read("{\"other\":1,\"inner\":null}", Nested.class);

    assertThat(read).isEqualTo(new Nested(null, null, null, 0));
    assertThat(JSON.read(null, Nested.class)).isNull();
    assertThat(JSON.read("null", G.class)).isNull();
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    Type strict = new Of<Strict<String>>() {}.type();
    for (String json : List.of("{}", "[]", "1", "{\"value\":", "{\"value\":{\"a\":[1]}}")) {
      assertThatThrownBy(() -> JSON.read(json, strict))
          .as(json)
          .isInstanceOf(InvalidPayloadException.class)
          .hasMessageStartingWith("SYNC-0069");
    }
  }

  static Stream<Type> unreadable() {
    return Stream.of(
        Shape.class,
        Half.class,
        NoConstructor.class,
        Inner.class,
        HoldsRecord.class,
        new Of<G<Shape>>() {}.type(),
        new Of<List<NoConstructor>>() {}.type(),
        new Of<Map<String, Optional<Half>>>() {}.type(),
        new Of<Shape[]>() {}.type());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCannotBeReadIsSaidOfItsType(Type type) {
    assertThat(JsonTypes.obstacle(type)).isPresent();
  }

  @Test
  void classesThatSayHowTheyAreReadAndBeansAreTaken() {
    assertThat(JsonTypes.obstacle(Created.class)).isEmpty();
    assertThat(JsonTypes.obstacle(new Of<Bean<String>>() {}.type())).isEmpty();
    assertThat(JsonTypes.obstacle(new Of<Map<String, Object>>() {}.type())).isEmpty();
    assertThat(readBean().value).isEqualTo("a");
  }

  @SuppressWarnings("unchecked")
  private static Bean<String> readBean() {
    @Nullable Object read = JSON.read("{\"value\":\"a\"}", new Of<Bean<String>>() {}.type());
    return (Bean<String>) read;
  }
}
