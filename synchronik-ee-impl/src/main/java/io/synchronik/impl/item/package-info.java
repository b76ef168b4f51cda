/**
 * Work items: added, claimed in slices, executed, ended, decided about. Owns the threads that claim
 * items, record their ends, and ask policies. Tables {@code sk_item}, {@code sk_item_set}, {@code
 * sk_item_count}, {@code sk_permit} and {@code sk_rate}; locks sets, together with others, then
 * items, then counts.
 */
@NullMarked
package io.synchronik.impl.item;

import org.jspecify.annotations.NullMarked;
