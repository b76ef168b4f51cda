/**
 * Named SQL on {@code sk_unit} and {@code sk_schedule}: definitions, flags, counts of active runs,
 * statistics, and the truth about time. Locks rows as the names say; the order is the caller's.
 */
@NullMarked
package io.synchronik.impl.store.unit;

import org.jspecify.annotations.NullMarked;
