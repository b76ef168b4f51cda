/**
 * What the engine announces, as CDI events and to subscribers, after the commit that made it true.
 */
@NullMarked
package io.synchronik.event;

import org.jspecify.annotations.NullMarked;
