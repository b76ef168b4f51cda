/**
 * Due times of schedules, past and coming: what is kept of them, and what schedules as they stand
 * will make. Reads alone; decides nothing that the engine decides.
 */
@NullMarked
package io.synchronik.impl.due;

import org.jspecify.annotations.NullMarked;
