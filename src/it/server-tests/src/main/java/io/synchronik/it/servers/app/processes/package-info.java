/** An application with declared processes, which plays the scenarios of processes as well. */
@NullMarked
package io.synchronik.it.servers.app.processes;

import org.jspecify.annotations.NullMarked;
