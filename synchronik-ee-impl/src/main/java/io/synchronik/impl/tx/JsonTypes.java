package io.synchronik.impl.tx;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What JSON-B makes of types, as far as the types themselves tell. */
public final class JsonTypes {
  private static final String BINDING = "jakarta.json.bind.";

  private JsonTypes() {}

  /**
   * Returns why no value of a type can be read; empty when nothing speaks against it.
   *
   * @param type of payloads
   */
  public static Optional<String> obstacle(Type type) {
    return Optional.ofNullable(obstacle(type, new HashSet<>()));
  }

  private static @Nullable String obstacle(Type type, Set<Type> met) {
    if (!met.add(type)) {
      return null;
    }
    if (type instanceof Class<?> plain) {
      return plain.isArray() ? obstacle(plain.getComponentType(), met) : ofClass(plain, met);
    }
    if (type instanceof ParameterizedType generic) {
      String raw = ofClass((Class<?>) generic.getRawType(), met);
      return raw == null ? first(Stream.of(generic.getActualTypeArguments()), met) : raw;
    }
    if (type instanceof GenericArrayType array) {
      return obstacle(array.getGenericComponentType(), met);
    }
    return type instanceof WildcardType any ? first(Stream.of(any.getUpperBounds()), met) : null;
  }

  private static @Nullable String first(Stream<? extends Type> types, Set<Type> met) {
    for (Type type : types.toList()) {
      String found = obstacle(type, met);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String ofClass(Class<?> type, Set<Type> met) {
    if (isOfPlatform(type) || type.isEnum() || type.isPrimitive() || isBound(type)) {
      return null;
    }
    if (type.isRecord()) {
      return first(
          Arrays.stream(type.getRecordComponents()).map(RecordComponent::getGenericType), met);
    }
    String name = type.getTypeName();
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      return name + " is abstract, and nothing tells which class is to be made";
    }
    if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
      return name + " is an inner class, whose objects need one of the outer class";
    }
    if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(JsonTypes::isPlain)) {
      return name + " has neither a constructor without parameters nor a @JsonbCreator";
    }
    return ofFields(type);
  }

  private static boolean isPlain(Constructor<?> constructor) {
    return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
  }

  private static @Nullable String ofFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      boolean counts =
          !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
      if (counts && hasGenericRecord(field.getGenericType())) {
        return "JSON-B cannot read the generic record in "
            + type.getTypeName()
            + "."
            + field.getName()
            + "; it can where a record holds it";
      }
    }
    return null;
  }

  /** Returns whether a type is, or holds by what it names, a generic record. */
  static boolean hasGenericRecord(Type type) {
    return hasGenericRecord(type, new HashSet<>());
  }

  private static boolean hasGenericRecord(Type type, Set<Type> met) {
    if (!met.add(type)) {
      return false;
    }
    if (type instanceof ParameterizedType generic) {
      return hasGenericRecord(generic.getRawType(), met)
          || Stream.of(generic.getActualTypeArguments())
              .anyMatch(argument -> hasGenericRecord(argument, met));
    }
    if (type instanceof GenericArrayType array) {
      return hasGenericRecord(array.getGenericComponentType(), met);
    }
    if (type instanceof WildcardType any) {
      return Stream.of(any.getUpperBounds()).anyMatch(bound -> hasGenericRecord(bound, met));
    }
    if (!(type instanceof Class<?> plain)) {
      return false;
    }
    if (plain.isArray()) {
      return hasGenericRecord(plain.getComponentType(), met);
    }
    return plain.isRecord()
        && !isBound(plain)
        && (plain.getTypeParameters().length > 0
            || Arrays.stream(plain.getRecordComponents())
                .anyMatch(component -> hasGenericRecord(component.getGenericType(), met)));
  }

  /** Whether the class itself says how it is read. */
  private static boolean isBound(Class<?> type) {
    Stream<AnnotatedElement> members =
        Stream.<AnnotatedElement[]>of(
                new AnnotatedElement[] {type},
                type.getDeclaredConstructors(),
                type.getDeclaredMethods(),
                type.getDeclaredFields())
            .flatMap(Stream::of);
    return members.anyMatch(JsonTypes::isAnnotated);
  }

  private static boolean isAnnotated(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getName().startsWith(BINDING));
  }

  private static boolean isOfPlatform(Class<?> type) {
    String name = type.getName();
    return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jakarta.");
  }
}
