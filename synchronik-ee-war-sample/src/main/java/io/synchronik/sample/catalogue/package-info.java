/** A small web service with films, read by the ingestion as if it were somebody else's. */
@NullMarked
package io.synchronik.sample.catalogue;

import org.jspecify.annotations.NullMarked;
