/**
 * Named SQL on {@code sk_task}, {@code sk_place}, {@code sk_timer} and {@code sk_definition}, and
 * on the rows of {@code sk_run} that are runs of processes or their parts.
 */
@NullMarked
package io.synchronik.impl.store.flow;

import org.jspecify.annotations.NullMarked;
