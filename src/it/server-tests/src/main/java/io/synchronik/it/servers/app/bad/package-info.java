/** An application in which much is wrong. */
@NullMarked
package io.synchronik.it.servers.app.bad;

import org.jspecify.annotations.NullMarked;
