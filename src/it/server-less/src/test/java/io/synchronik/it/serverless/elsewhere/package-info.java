/** What tests inherit from another package. */
@NullMarked
package io.synchronik.it.serverless.elsewhere;

import org.jspecify.annotations.NullMarked;
