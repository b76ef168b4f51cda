/** An application that takes its time to start, with units that are due meanwhile. */
@NullMarked
package io.synchronik.it.servers.app.start;

import org.jspecify.annotations.NullMarked;
