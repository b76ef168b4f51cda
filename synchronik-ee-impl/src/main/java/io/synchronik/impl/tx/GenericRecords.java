package io.synchronik.impl.tx;

import jakarta.json.bind.Jsonb;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads generic records, and what holds such: JSON-B fails at components whose type is a variable.
 * Whatever holds none is left to JSON-B.
 */
final class GenericRecords {
  private final Jsonb jsonb;
  private final Map<Type, Boolean> holding = new ConcurrentHashMap<>();

  GenericRecords(Jsonb jsonb) {
    this.jsonb = jsonb;
  }

  /** Returns whether values of a type are to be read here. */
  boolean holds(Type type) {
    return holding.computeIfAbsent(type, JsonTypes::hasGenericRecord);
  }

  /**
   * Reads a value.
   *
   * @throws Throwable what a constructor throws, or what says that the value does not fit
   */
  @Nullable Object read(String json, Type type) throws Throwable {
    return read(jsonb.fromJson(json, Object.class), type, Map.of());
  }

  private @Nullable Object read(
      @Nullable Object value, Type declared, Map<TypeVariable<?>, Type> variables)
      throws Throwable {
    Type type = known(declared, variables);
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return Optional.ofNullable(read(value, argument(type, 0), variables));
    }
    if (value == null || raw == Object.class) {
      return value;
    }
    if (!holds(type)) {
      return jsonb.fromJson(jsonb.toJson(value), type);
    }
    if (raw.isRecord()) {
      return record((Map<?, ?>) value, raw, type);
    }
    if (raw.isAssignableFrom(LinkedHashMap.class)) {
      Map<Object, @Nullable Object> read = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        Object key = jsonb.fromJson(jsonb.toJson(entry.getKey()), argument(type, 0));
        read.put(key, read(entry.getValue(), argument(type, 1), Map.of()));
      }
      return read;
    }
    Type element = type instanceof GenericArrayType array ? array.getGenericComponentType() : null;
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object one : (List<?>) value) {
      elements.add(read(one, element == null ? elementOf(type, raw) : element, Map.of()));
    }
    if (raw.isArray()) {
      Object array = Array.newInstance(raw.getComponentType(), elements.size());
      for (int i = 0; i < elements.size(); i++) {
        Array.set(array, i, elements.get(i));
      }
      return array;
    }
    if (raw.isAssignableFrom(ArrayList.class)) {
      return elements;
    }
    if (raw.isAssignableFrom(LinkedHashSet.class)) {
      return new LinkedHashSet<>(elements);
    }
    throw new IllegalArgumentException("a " + raw.getName() + " of generic records");
  }

  private static Type elementOf(Type type, Class<?> raw) {
    return raw.isArray() ? raw.getComponentType() : argument(type, 0);
  }

  private Object record(Map<?, ?> value, Class<?> raw, Type type) throws Throwable {
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    TypeVariable<?>[] declared = raw.getTypeParameters();
    for (int i = 0; i < declared.length; i++) {
      variables.put(
          declared[i],
          type instanceof ParameterizedType generic
              ? generic.getActualTypeArguments()[i]
              : bound(declared[i]));
    }
    RecordComponent[] components = raw.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object given = value.get(components[i].getName());
      arguments[i] =
          given == null && components[i].getType().isPrimitive()
              ? Array.get(Array.newInstance(components[i].getType(), 1), 0)
              : read(given, components[i].getGenericType(), variables);
    }
    Constructor<?> constructor =
        raw.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** Puts in what variables stand for. */
  private static Type known(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable<?> variable) {
      Type stands = variables.get(variable);
      return stands == null ? bound(variable) : stands;
    }
    if (type instanceof WildcardType any) {
      return known(any.getUpperBounds()[0], variables);
    }
    if (type instanceof ParameterizedType generic) {
      return new Generic(
          (Class<?>) generic.getRawType(),
          Arrays.stream(generic.getActualTypeArguments())
              .map(argument -> known(argument, variables))
              .toList());
    }
    if (type instanceof GenericArrayType array) {
      Type element = known(array.getGenericComponentType(), variables);
      return element instanceof Class<?> plain ? plain.arrayType() : new GenericArray(element);
    }
    return type;
  }

  /** Returns what can be read for a variable: its bound, and any value where that is no class. */
  private static Type bound(TypeVariable<?> variable) {
    Type bound = variable.getBounds()[0];
    if (bound instanceof TypeVariable<?> other) {
      return bound(other);
    }
    Class<?> raw = raw(bound);
    return raw.isInterface() ? Object.class : raw;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    return type instanceof GenericArrayType array
        ? raw(array.getGenericComponentType()).arrayType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int number) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[number]
        : Object.class;
  }

  private record GenericArray(Type element) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return element;
    }
  }

  private record Generic(Class<?> type, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return type;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return type.getDeclaringClass();
    }
  }
}
