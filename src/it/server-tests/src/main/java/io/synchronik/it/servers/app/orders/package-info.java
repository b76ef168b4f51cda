/** An application with a persistence unit of its own. */
@NullMarked
package io.synchronik.it.servers.app.orders;

import org.jspecify.annotations.NullMarked;
