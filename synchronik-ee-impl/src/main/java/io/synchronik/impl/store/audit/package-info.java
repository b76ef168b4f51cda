/** Named SQL of {@code sk_audit}: what people did, and who they were. */
@NullMarked
package io.synchronik.impl.store.audit;

import org.jspecify.annotations.NullMarked;
