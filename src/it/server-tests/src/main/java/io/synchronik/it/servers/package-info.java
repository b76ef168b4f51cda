/**
 * What every server has to pass; clients of WARs that are made of the classes below {@code app}.
 */
@NullMarked
package io.synchronik.it.servers;

import org.jspecify.annotations.NullMarked;
