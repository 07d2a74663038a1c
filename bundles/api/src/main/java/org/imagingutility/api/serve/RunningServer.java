package org.imagingutility.api.serve;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** A server that listens. Used by several threads at once. */
@ConsumerType
public interface RunningServer extends AutoCloseable {

    /** Returns what clients name each device by, a URI where the protocol has such; in the order of the devices. */
    List<String> addresses();

    /** Returns what was done so far. */
    ServeStatistics statistics();

    /**
     * Stops listening, ends all connections, and returns when no thread of the server asks a device any more. What it made to listen
     * on, a socket file for example, is removed. May be called twice.
     */
    @Override
    void close() throws ImagingException;
}
