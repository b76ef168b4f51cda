/**
 * The settings records, read once from MicroProfile Config, texts of durations and schedules, the
 * catalogue of messages, and the clock.
 */
@NullMarked
package io.synchronik.impl.settings;

import org.jspecify.annotations.NullMarked;
