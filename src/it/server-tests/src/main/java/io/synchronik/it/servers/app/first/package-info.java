/** The first WAR of an EAR: beans of all kinds. */
@NullMarked
package io.synchronik.it.servers.app.first;

import org.jspecify.annotations.NullMarked;
