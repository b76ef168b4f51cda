/** An application without the plugin that looks at the server's JVM. */
@NullMarked
package io.synchronik.it.servers.app.watch;

import org.jspecify.annotations.NullMarked;
