package io.synchronik.impl.unit;

import java.lang.reflect.Type;

/**
 * What a worker makes of its items.
 *
 * @param payload what they are read as
 * @param chunk how many are worked on in one call; 0 for one at a time
 * @param manual whether they are worked on from outside
 * @param transactional whether each call runs in a transaction that the engine owns
 * @param hooks whether it overrides a hook about items
 */
public record ItemShape(
    Type payload, int chunk, boolean manual, boolean transactional, boolean hooks) {}
