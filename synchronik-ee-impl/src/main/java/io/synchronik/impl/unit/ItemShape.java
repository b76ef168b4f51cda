package io.synchronik.impl.unit;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a worker makes of its items.
 *
 * @param payload what they are read as
 * @param chunk how many are worked on in one call; 0 for one at a time
 * @param manual whether they are worked on from outside
 * @param transaction the rules of the transaction of each call, which the engine owns; null for
 *     none
 * @param hooks whether it overrides a hook about items
 */
public record ItemShape(
    Type payload, int chunk, boolean manual, @Nullable RollbackRules transaction, boolean hooks) {}
