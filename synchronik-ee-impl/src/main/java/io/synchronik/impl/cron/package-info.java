/**
 * Cron expressions in Quartz syntax: read strictly, and evaluated on the calendar of any zone.
 * Pure; it knows neither the present time nor Quartz, whose own evaluation has faults at the ends
 * of daylight saving, with {@code W}, and with zones that are offsets.
 */
@NullMarked
package io.synchronik.impl.cron;

import org.jspecify.annotations.NullMarked;
