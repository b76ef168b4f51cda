/** Two workers that do not keep up with their schedules, as the dashboard then shows. */
@NullMarked
package io.synchronik.sample.stock;

import org.jspecify.annotations.NullMarked;
