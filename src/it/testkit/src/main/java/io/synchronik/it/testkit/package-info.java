/** What the integration tests share. */
@NullMarked
package io.synchronik.it.testkit;

import org.jspecify.annotations.NullMarked;
