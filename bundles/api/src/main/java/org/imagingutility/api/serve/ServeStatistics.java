package org.imagingutility.api.serve;

/**
 * What a server did.
 *
 * @param connections connections that were accepted, in all
 * @param requests requests that were answered, errors included
 * @param errors requests that were answered by an error
 * @param bytesRead bytes of devices that clients were given
 * @param bytesWritten bytes that clients wrote
 */
public record ServeStatistics(long connections, long requests, long errors, long bytesRead, long bytesWritten) {
    /** Of a server that has done nothing yet. */
    public static final ServeStatistics NONE = new ServeStatistics(0, 0, 0, 0, 0);

    /** Returns the sum of both. */
    public ServeStatistics plus(ServeStatistics other) {
        return new ServeStatistics(connections + other.connections, requests + other.requests, errors + other.errors,
                bytesRead + other.bytesRead, bytesWritten + other.bytesWritten);
    }
}
