package org.imagingutility.api.serve;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shows files of volumes to the clients of one protocol, who can only read. Used by several threads at once.
 *
 * <p>All that comes from a client is hostile, as for a {@link BlockServer}; so is all that a volume holds, names above all. A file that
 * cannot be read to its end must not reach a client as if that were its end.
 */
@ConsumerType
public interface FileServer {

    /** Returns the permanent name of the protocol, by which users ask for it: lower-case letters, digits and hyphens; no block server's. */
    String name();

    /**
     * Begins to listen. Clients are served by threads of the server's own until it is closed; nothing else stops it.
     *
     * @param settings where it listens, and for whom
     * @param images what is served, by names that differ; they stay the caller's, who keeps them open until the server is closed
     * @param events is told of what users should know
     * @return a server with an address for each of the images
     * @throws org.imagingutility.api.error.UsageException if what is asked for is nothing that this protocol can do
     * @throws org.imagingutility.api.error.TargetException if the address is taken, or cannot be had
     */
    RunningServer start(ServeSettings settings, List<ServedImage> images, ServeEvents events) throws ImagingException;
}
