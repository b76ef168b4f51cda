/**
 * When a unit is due: intervals and cron expressions, and what happens to firings that overlap or
 * come late.
 */
@NullMarked
package io.synchronik.schedule;

import org.jspecify.annotations.NullMarked;
