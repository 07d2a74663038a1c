package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * A volume whose files are read.
 *
 * @param device its bytes
 * @param superblock what it says of itself
 */
record Volume(VolumeDevice device, Superblock superblock) {

    Geometry geometry() {
        return superblock.geometry();
    }

    /** Returns the place of a structure that is read for a file: there is no remedy if it is wrong. */
    Place place(long offset) {
        return new Place(device.info().reference(), offset, null);
    }

    /** Reads bytes that lie on the volume, into a buffer of their own. */
    ByteBuffer read(long offset, int length) throws ImagingException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        device.read(offset, bytes);
        return bytes.flip();
    }

    /** Reads block {@code block}, which was checked. */
    ByteBuffer block(long block) throws ImagingException {
        return read(geometry().offset(block), geometry().blockSize());
    }

    /** Fails unless {@code count} blocks from {@code block} on can belong to a file. */
    void check(long block, long count, Place place) throws FileSystemException {
        if (count <= 0 || block <= geometry().firstBlock() || block >= geometry().blockCount() || count > geometry().blockCount() - block) {
            throw place.wrong(0, count + " blocks at " + Long.toUnsignedString(block) + " are said to belong to a file; the volume has "
                    + geometry().blockCount());
        }
    }
}
