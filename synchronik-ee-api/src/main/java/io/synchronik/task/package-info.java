/** Sub-tasks inside one worker: a list of items with retries, progress and a report. */
@NullMarked
package io.synchronik.task;

import org.jspecify.annotations.NullMarked;
