/** An application with endpoints of its own; it knows nothing of the plugin. */
@NullMarked
package io.synchronik.it.servers.app.shop;

import org.jspecify.annotations.NullMarked;
