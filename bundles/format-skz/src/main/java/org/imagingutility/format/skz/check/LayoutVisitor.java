package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;

/** Is shown the parts of an image with the bytes they must have, in the order of the file. */
public interface LayoutVisitor {

    /** A structure, or a part of one: {@code expected} is valid until the call returns. */
    void bytes(long offset, ByteBuffer expected, String what) throws ImagingException;

    /** The gap frames of {@code zeros} bytes of device, which must fill the file from {@code offset} to {@code end}. */
    void gap(int codecWireId, long zeros, long offset, long end, String what) throws ImagingException;

    /** Bytes that nothing tells what they must be. */
    void unknown(long offset, long length, String reason);
}
