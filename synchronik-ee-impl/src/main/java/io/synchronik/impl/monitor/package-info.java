/**
 * What is shown of an application as a whole: counts of what happened, kept up by the loop. No
 * thread of its own. Table {@code sk_stat}; whoever counts holds a row of {@code sk_lock}.
 */
@NullMarked
package io.synchronik.impl.monitor;

import org.jspecify.annotations.NullMarked;
