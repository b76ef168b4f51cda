/** An application that lists its classes. */
@NullMarked
package io.synchronik.it.servers.app.listing;

import org.jspecify.annotations.NullMarked;
