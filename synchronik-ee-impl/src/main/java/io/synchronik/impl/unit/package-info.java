/**
 * What the code says a unit is, and what people set of it: registered code, configuration in force,
 * definitions of processes, views of units. No threads. Tables {@code sk_unit}, {@code sk_schedule}
 * and {@code sk_definition}; locks a unit's schedules, then the unit.
 */
@NullMarked
package io.synchronik.impl.unit;

import org.jspecify.annotations.NullMarked;
