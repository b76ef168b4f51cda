/**
 * Work items: one run of a worker turns into many pieces of work, each with a payload, a state and
 * a result of its own, worked off by all nodes; a policy decides what their ends mean for the run.
 */
@NullMarked
package io.synchronik.item;

import org.jspecify.annotations.NullMarked;
