/** An application that is loaded by a class loader of its own, to see whether that becomes free. */
package io.synchronik.it.serverless.closed;
