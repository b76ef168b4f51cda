/**
 * Two workers that do not keep up with their schedules, as the dashboard then shows: one takes
 * longer than its interval, and keeps the other one from starting meanwhile.
 */
@NullMarked
package io.synchronik.sample.stock;

import org.jspecify.annotations.NullMarked;
