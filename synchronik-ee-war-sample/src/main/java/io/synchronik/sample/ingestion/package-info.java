/** The data ingestion: a worker with sub-tasks, the films it stores, the reports of its runs. */
@NullMarked
package io.synchronik.sample.ingestion;

import org.jspecify.annotations.NullMarked;
