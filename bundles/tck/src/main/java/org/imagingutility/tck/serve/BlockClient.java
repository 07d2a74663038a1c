package org.imagingutility.tck.serve;

import java.io.Closeable;

/** A client of the protocol of a server, made by the one who tests it. For one thread. */
public interface BlockClient extends Closeable {

    /** Returns the length of the device that it is connected to, in bytes. */
    long length() throws Exception;

    /**
     * Asks for bytes, whether the device has them or not.
     *
     * @return the bytes
     * @throws Exception if the server answers by an error, or ends the connection
     */
    byte[] read(long offset, int length) throws Exception;

    /**
     * Has bytes written, whether the device takes them or not, and waits until the server says that it did.
     *
     * @throws Exception if the server answers by an error, or ends the connection
     */
    void write(long offset, byte[] bytes) throws Exception;

    /**
     * Waits until the server says that what was written is on stable storage.
     *
     * @throws Exception if the server answers by an error, or ends the connection
     */
    void flush() throws Exception;
}
