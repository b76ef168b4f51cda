/** An application whose items are invoices; it runs on servers that are killed. */
@NullMarked
package io.synchronik.it.wildfly.invoices;

import org.jspecify.annotations.NullMarked;
