package org.imagingutility.serve.nbd;

import java.util.concurrent.atomic.LongAdder;
import org.imagingutility.api.serve.ServeStatistics;

/** What was done, counted by several threads at once. */
final class Counters {
    final LongAdder connections = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();

    ServeStatistics sum() {
        return new ServeStatistics(connections.sum(), requests.sum(), errors.sum(), bytesRead.sum(), bytesWritten.sum());
    }
}
