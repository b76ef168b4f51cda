/**
 * Which items this node works on: wanted, claimed in slices within the limits of their worker,
 * queue, rate and mutex, handed out to threads. Owns the thread that claims. Tables {@code
 * sk_item}, {@code sk_item_count}, {@code sk_permit} and {@code sk_rate}; locks sets, together with
 * others, then rates, permits and mutexes, then items, then counts.
 */
@NullMarked
package io.synchronik.impl.item.claim;

import org.jspecify.annotations.NullMarked;
