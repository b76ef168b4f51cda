/** Code that docs/ shows and the sample has no use for. It is compiled, and not run. */
@NullMarked
package io.synchronik.sample.docs;

import org.jspecify.annotations.NullMarked;
