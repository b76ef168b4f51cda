/** The second WAR of an EAR. */
@NullMarked
package io.synchronik.it.servers.app.second;

import org.jspecify.annotations.NullMarked;
