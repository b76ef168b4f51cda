/**
 * What people do, and who asks for it: told by whoever does it, on the thread of who asks, and
 * written down with the transaction that makes it true. Pure; has no thread and no table of its
 * own.
 */
@NullMarked
package io.synchronik.impl.audit;

import org.jspecify.annotations.NullMarked;
