package org.imagingutility.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * What the root directory says of the volume: the entries that stand only there (sections 7.1 to 7.3). Filled while it is
 * read, then not changed any more.
 */
public final class RootDirectory {
    /** Most bytes a directory has: 8388608 entries (MAX_EXFAT_DENTRIES in {@code exfat_raw.h} of Linux). */
    public static final long MAX_LENGTH = 256L << 20;

    private static final int ENTRY_SIZE = 32;
    private static final int READ_LENGTH = 256 << 10;
    private static final int END = 0x00;
    private static final int BITMAP = 0x81;
    private static final int UPCASE_TABLE = 0x82;
    private static final int LABEL = 0x83;
    private static final int FLAGS_AT = 1;
    private static final int CHARACTERS_AT = 1;
    private static final int LABEL_AT = 2;
    private static final int MAX_CHARACTERS = 11;

    private final AlignedReader reader;
    private final Chain chain;
    private final SystemFile[] bitmaps = new SystemFile[2];
    private SystemFile upcaseTable;
    private String label = "";

    private RootDirectory(AlignedReader reader, Chain chain) {
        this.reader = reader;
        this.chain = chain;
    }

    /** Reads the directory in the clusters of {@code chain}. */
    public static RootDirectory read(AlignedReader reader, Chain chain) throws ImagingException {
        RootDirectory directory = new RootDirectory(reader, chain);
        directory.readEntries();
        return directory;
    }

    /** Returns the bitmap of this number, or null if there is none. */
    public SystemFile bitmap(int number) {
        return bitmaps[number];
    }

    /** Returns the up-case table, or null if there is none. */
    public SystemFile upcaseTable() {
        return upcaseTable;
    }

    /** Returns the label of the volume, empty if it has none. */
    public String label() {
        return label;
    }

    private void readEntries() throws ImagingException {
        long position = 0;
        while (position < chain.bytes()) {
            int length = (int) Math.min(chain.contiguous(position), READ_LENGTH);
            Place place = new Place(reader.deviceName(), chain.deviceOffset(position));
            ByteBuffer bytes = reader.read(place.offset(), length);
            for (int at = 0; at < length; at += ENTRY_SIZE) {
                if (bytes.get(at) == END) {
                    return;
                }
                take(bytes, at, place);
            }
            position += length;
        }
    }

    private void take(ByteBuffer bytes, int at, Place place) throws FileSystemException {
        switch (Byte.toUnsignedInt(bytes.get(at))) {
            case BITMAP -> {
                // BitmapFlags (7.1.2): bit 0 is the number of the bitmap, and of the FAT it belongs to
                int number = bytes.get(at + FLAGS_AT) & 1;
                bitmaps[number] = once(bitmaps[number], bytes, at, place, "allocation bitmap " + number);
            }
            case UPCASE_TABLE -> upcaseTable = once(upcaseTable, bytes, at, place, "the up-case table");
            case LABEL -> label = label(bytes, at);
            default -> {
                // files, and what has no bearing on what is in use
            }
        }
    }

    private static SystemFile once(SystemFile before, ByteBuffer bytes, int at, Place place, String name)
            throws FileSystemException {
        if (before != null) {
            throw place.wrong(at, "the root directory has " + name + " twice");
        }
        return SystemFile.parse(bytes, at, place, name);
    }

    private static String label(ByteBuffer bytes, int at) {
        int characters = Math.min(Byte.toUnsignedInt(bytes.get(at + CHARACTERS_AT)), MAX_CHARACTERS);
        byte[] text = new byte[characters * Character.BYTES];
        bytes.get(at + LABEL_AT, text);
        // control characters could steer the terminal the label is shown on
        return new String(text, StandardCharsets.UTF_16LE).replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
