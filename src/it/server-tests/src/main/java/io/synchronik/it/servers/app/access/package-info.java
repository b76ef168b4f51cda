/** An application with users. */
@NullMarked
package io.synchronik.it.servers.app.access;

import org.jspecify.annotations.NullMarked;
