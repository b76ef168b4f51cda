package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.item.Chunk;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemHooks;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ManualItems;
import io.synchronik.worker.Action;
import io.synchronik.worker.Work;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What classes of workers make of their items. */
final class ItemShapes {
  private static final int MOST_CHUNK = 1000;

  private ItemShapes() {}

  /**
   * Returns the shape of a class that is an {@link ItemSource}.
   *
   * @param where the class, for messages
   * @return empty when something is wrong with it
   */
  static Optional<ItemShape> of(
      String id, String where, AnnotatedType<?> annotated, DefinitionErrors errors) {
    Class<?> type = annotated.getJavaClass();
    Type payload = payload(type);
    boolean fits = true;
    if (payload == null || payload instanceof TypeVariable<?>) {
      errors.add(Message.NO_PAYLOAD_TYPE, id, where);
      fits = false;
    }
    if (Work.class.isAssignableFrom(type) || Action.class.isAssignableFrom(type)) {
      errors.add(Message.WORK_AND_ITEMS, id, where);
      fits = false;
    }
    fits &= checkChunk(id, where, type, errors);
    Optional<TransactionRules> transaction = transaction(annotated, "process");
    if (transaction.filter(rules -> !rules.joins()).isPresent()) {
      errors.add(Message.BAD_TRANSACTION, id, where, transaction.get().type());
      fits = false;
    }
    return fits && payload != null
        ? Optional.of(
            shape(type, payload, transaction.map(TransactionRules::rollback).orElse(null)))
        : Optional.empty();
  }

  /** Returns the shape of code in memory. */
  static ItemShape of(Class<?> type, Class<?> payload) {
    return shape(type, payload, null);
  }

  private static ItemShape shape(Class<?> type, Type payload, @Nullable RollbackRules transaction) {
    return new ItemShape(
        payload,
        ChunkWork.class.isAssignableFrom(type) ? chunk(type) : 0,
        ManualItems.class.isAssignableFrom(type),
        transaction,
        hasHooks(type));
  }

  private static boolean checkChunk(
      String id, String where, Class<?> type, DefinitionErrors errors) {
    boolean chunks = ChunkWork.class.isAssignableFrom(type);
    if (!chunks && type.isAnnotationPresent(Chunk.class)) {
      errors.add(Message.CHUNK_WITHOUT_WORK, id, where);
      return false;
    }
    if (chunks && (chunk(type) < 1 || chunk(type) > MOST_CHUNK)) {
      errors.add(Message.BAD_CHUNK, id, where, MOST_CHUNK, chunk(type));
      return false;
    }
    return true;
  }

  private static int chunk(Class<?> type) {
    Chunk chunk = type.getAnnotation(Chunk.class);
    return chunk == null ? Chunk.DEFAULT : chunk.value();
  }

  /** Returns how the enumeration takes part in transactions. */
  static Optional<TransactionRules> enumeration(AnnotatedType<?> type) {
    return transaction(type, "enumerate");
  }

  private static Optional<TransactionRules> transaction(AnnotatedType<?> type, String name) {
    for (AnnotatedMethod<?> method : type.getMethods()) {
      if (method.getJavaMember().getName().equals(name)
          && !method.getJavaMember().isBridge()
          && !method.getJavaMember().isDefault()) {
        return TransactionRules.of(method, type);
      }
    }
    return TransactionRules.of(type, type);
  }

  private static boolean hasHooks(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != ItemHooks.class)
        .map(Method::getName)
        .anyMatch(
            name ->
                Arrays.stream(ItemHooks.class.getMethods())
                    .map(Method::getName)
                    .anyMatch(name::equals));
  }

  /** Returns what stands for the variable of {@link ItemSource} in a class, null for nothing. */
  private static @Nullable Type payload(Class<?> type) {
    return find(type, new HashMap<>());
  }

  private static @Nullable Type find(@Nullable Type type, Map<TypeVariable<?>, Type> known) {
    if (type == null) {
      return null;
    }
    Class<?> raw;
    if (type instanceof ParameterizedType generic) {
      raw = (Class<?>) generic.getRawType();
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        Type argument = generic.getActualTypeArguments()[i];
        known.put(variables[i], known.getOrDefault(argument, argument));
      }
    } else {
      raw = (Class<?>) type;
    }
    if (raw == ItemSource.class) {
      return known.get(raw.getTypeParameters()[0]);
    }
    for (Type above : raw.getGenericInterfaces()) {
      Type found = find(above, known);
      if (found != null) {
        return found;
      }
    }
    return find(raw.getGenericSuperclass(), known);
  }
}
