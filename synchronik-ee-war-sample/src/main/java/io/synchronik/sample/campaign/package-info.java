/** An email campaign: items that fail now and then, and a run that fails when too many do. */
@NullMarked
package io.synchronik.sample.campaign;

import org.jspecify.annotations.NullMarked;
