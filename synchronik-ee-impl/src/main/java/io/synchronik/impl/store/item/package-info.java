/**
 * Named SQL on {@code sk_item}, {@code sk_item_set}, {@code sk_item_count}, {@code sk_permit} and
 * {@code sk_rate}. A set's row is held together with others by those who add or claim, alone by
 * whoever ends the run.
 */
@NullMarked
package io.synchronik.impl.store.item;

import org.jspecify.annotations.NullMarked;
