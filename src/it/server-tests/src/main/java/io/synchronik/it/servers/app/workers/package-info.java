/** Workers of all kinds, and observers of what they do. */
@NullMarked
package io.synchronik.it.servers.app.workers;

import org.jspecify.annotations.NullMarked;
