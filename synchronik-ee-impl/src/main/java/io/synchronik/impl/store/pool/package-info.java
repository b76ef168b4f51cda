/**
 * Named SQL on {@code sk_pool} and {@code sk_pool_task}: what people do to them, what begins and
 * ends, what is shown and what is removed.
 */
@NullMarked
package io.synchronik.impl.store.pool;

import org.jspecify.annotations.NullMarked;
