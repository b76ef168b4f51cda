/** In every WAR that has the plugin: what lets a test look in. */
@NullMarked
package io.synchronik.it.servers.app;

import org.jspecify.annotations.NullMarked;
