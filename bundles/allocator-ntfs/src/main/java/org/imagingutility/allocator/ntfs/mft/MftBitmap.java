package org.imagingutility.allocator.ntfs.mft;

import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;

/** The bitmap of {@code $MFT}: which records are in use. Says yes where it cannot be read. For one thread. */
public final class MftBitmap {
    private static final int PIECE = 4096;

    private final Volume volume;
    private boolean opened;
    private DataStream bits;
    /** Bytes of the bitmap that were ever written; 0 if it cannot be found. */
    private long length;
    /** Bytes read last, and where they begin; records are mostly asked for in order. */
    private byte[] piece = new byte[0];
    private long pieceAt;

    /** Creates the bitmap, which is looked for when it is first needed. */
    public MftBitmap(Volume volume) {
        this.volume = volume;
    }

    /** Says whether record {@code number} is in use, or may be. */
    public boolean mayBeInUse(long number) throws ImagingException {
        try {
            open();
            if (number / Byte.SIZE >= length) {
                return true;
            }
            return (byteAt(number / Byte.SIZE) >> number % Byte.SIZE & 1) != 0;
        } catch (FileSystemException | DeviceException unknown) {
            return true;
        }
    }

    private byte byteAt(long position) throws ImagingException {
        if (position < pieceAt || position >= pieceAt + piece.length) {
            long begin = position / PIECE * PIECE;
            piece = bits.read(volume.reader(), begin, (int) Math.min(PIECE, length - begin));
            pieceAt = begin;
        }
        return piece[(int) (position - pieceAt)];
    }

    private void open() throws ImagingException {
        if (!opened) {
            opened = true;
            Mft mft = Mft.open(volume);
            Mft.Data found = mft.stream(mft.readBase(0), Attribute.BITMAP, "", "the bitmap of $MFT");
            bits = volume.stream(found.runs());
            length = found.first().initialisedSize();
        }
    }
}
