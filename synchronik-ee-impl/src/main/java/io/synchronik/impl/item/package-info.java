/**
 * Work items: added, executed in the slices that were claimed, ended, decided about. Owns the
 * threads that record their ends and ask policies. Tables {@code sk_item}, {@code sk_item_set} and
 * {@code sk_item_count}; locks sets, together with others, then items, then counts.
 */
@NullMarked
package io.synchronik.impl.item;

import org.jspecify.annotations.NullMarked;
