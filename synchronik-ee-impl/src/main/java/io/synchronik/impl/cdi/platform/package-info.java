/**
 * What the environment provides, a server or Java SE: datasource, transactions, the application's
 * context for threads, who calls. Knows no unit.
 */
@NullMarked
package io.synchronik.impl.cdi.platform;

import org.jspecify.annotations.NullMarked;
