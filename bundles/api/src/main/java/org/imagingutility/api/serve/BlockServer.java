package org.imagingutility.api.serve;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shows devices to the clients of one protocol. Used by several threads at once.
 *
 * <p>All that comes from a client is hostile: a request that makes no sense is answered by the protocol's error, or ends that client's
 * connection, and never the server; the memory that clients take, and their number, have bounds.
 */
@ConsumerType
public interface BlockServer {

    /** Returns the permanent name of the protocol, by which users ask for it: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Begins to listen. Clients are served by threads of the server's own until it is closed; nothing else stops it.
     *
     * @param settings where it listens, and for whom
     * @param devices what is served, by names that differ; they stay the caller's, who keeps them open until the server is closed
     * @param events is told of what users should know
     * @throws org.imagingutility.api.error.UsageException if what is asked for is nothing that this protocol can do
     * @throws org.imagingutility.api.error.TargetException if the address is taken, or cannot be had
     * @throws org.imagingutility.api.error.NotPermittedException if the operating system refuses it
     */
    RunningServer start(ServeSettings settings, List<ServedDevice> devices, ServeEvents events) throws ImagingException;
}
