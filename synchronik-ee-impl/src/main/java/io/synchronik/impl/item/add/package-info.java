/**
 * Work items as they come: enumerated by workers under the fence of their attempt, or added from
 * outside; and withdrawn, as far as they are left, when their run has ended. Tables {@code
 * sk_item}, {@code sk_item_set} and {@code sk_item_count}; locks runs, then sets, then items, then
 * counts.
 */
@NullMarked
package io.synchronik.impl.item.add;

import org.jspecify.annotations.NullMarked;
