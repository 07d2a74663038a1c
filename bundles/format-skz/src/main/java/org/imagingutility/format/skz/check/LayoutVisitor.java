package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.imagingutility.api.error.ImagingException;

/** Is shown the parts of an image with the bytes they must have, in the order of the file. */
public interface LayoutVisitor {

    /** A structure, or a part of one: {@code expected} is valid until the call returns. */
    void bytes(long offset, ByteBuffer expected, String what) throws ImagingException;

    /**
     * Parts of {@code recordLength} bytes each, side by side; {@code expected}, which begins at 0, is valid until the call
     * returns, and {@code name} gives the name of a part by its number from 0.
     */
    default void records(long offset, ByteBuffer expected, int recordLength, IntFunction<String> name)
            throws ImagingException {
        for (int at = 0; at < expected.limit(); at += recordLength) {
            bytes(offset + at, expected.duplicate().limit(at + recordLength).position(at), name.apply(at / recordLength));
        }
    }

    /** The gap frames of {@code zeros} bytes of device, which must fill the file from {@code offset} to {@code end}. */
    void gap(int codecWireId, long zeros, long offset, long end, String what) throws ImagingException;

    /** Bytes that nothing tells what they must be. */
    void unknown(long offset, long length, String reason);
}
