/**
 * Pools and their tasks: used, looked at, changed, moved on. Owns the one thread that moves them.
 * Tables {@code sk_pool} and {@code sk_pool_task}; locks a pool, then its tasks, then units.
 */
@NullMarked
package io.synchronik.impl.pool;

import org.jspecify.annotations.NullMarked;
