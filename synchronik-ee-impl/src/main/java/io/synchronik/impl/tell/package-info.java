/**
 * Events that were committed, told to hooks, observers and subscribers. What is told is in memory
 * only as far as it fits, a place in the journal beyond that. Each unit is told on a strand of its
 * own. Table {@code sk_untold}, under the node's lease.
 */
@NullMarked
package io.synchronik.impl.tell;

import org.jspecify.annotations.NullMarked;
