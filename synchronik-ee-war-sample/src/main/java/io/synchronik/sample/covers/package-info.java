/** Covers for films: a queue of tasks that are worked off one at a time. */
@NullMarked
package io.synchronik.sample.covers;

import org.jspecify.annotations.NullMarked;
