/** An application with a database of its own that stays when the application goes. */
@NullMarked
package io.synchronik.it.servers.app.redeploy;

import org.jspecify.annotations.NullMarked;
