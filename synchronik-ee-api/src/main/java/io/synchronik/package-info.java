/** The entry point: {@link io.synchronik.SynchronikManager}, injectable wherever CDI injects. */
@NullMarked
package io.synchronik;

import org.jspecify.annotations.NullMarked;
