/**
 * Worker pools: named queues of tasks with a limit on how many run at once, in all of the cluster.
 */
@NullMarked
package io.synchronik.pool;

import org.jspecify.annotations.NullMarked;
