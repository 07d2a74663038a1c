package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.export.VirtualDiskSpec;

/**
 * What both kinds of VHD files have in common: "Virtual Hard Disk Image Format Specification", version 1.0 (Microsoft,
 * 2006). All numbers have the most significant byte first.
 */
final class VhdFooter {
    /** Bytes of the footer ("Hard Disk Footer Format"). */
    static final int LENGTH = 512;
    /** Bytes of a sector; the format knows no other. */
    static final int SECTOR = 512;
    /** The longest disk: 2040 GiB. What Hyper-V and QEMU take; larger ones have no room in the 32 bits of the allocation table. */
    static final long MAX_DISK_LENGTH = 2040L << 30;
    /** A fixed disk ("Disk Type"). */
    static final int FIXED = 2;
    /** A dynamic disk ("Disk Type"). */
    static final int DYNAMIC = 3;
    /** "Time Stamp": seconds since January 1, 2000. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    /** Offset of "Checksum". */
    private static final int CHECKSUM = 64;

    private VhdFooter() {
    }

    /**
     * Returns a footer.
     *
     * <p>"Creator Application" is {@code win }: programs that go by the length (QEMU among them) do so for some creators only and
     * take the geometry for others, which cannot express most lengths.
     *
     * @param dataOffset where the dynamic header stands; all ones for a fixed disk
     */
    static ByteBuffer of(VirtualDiskSpec spec, long diskLength, int type, long dataOffset) {
        ByteBuffer footer = ByteBuffer.allocate(LENGTH);
        footer.put(ascii("conectix"));
        footer.putInt(2); // "Features": the reserved bit, which is always set
        footer.putInt(0x0001_0000); // "File Format Version"
        footer.putLong(dataOffset);
        footer.putInt((int) Math.max(0, Math.min(0xFFFF_FFFFL, spec.created().getEpochSecond() - EPOCH.getEpochSecond())));
        footer.put(ascii("win ")).putInt(0x000A_0000).put(ascii("Wi2k"));
        footer.putLong(diskLength).putLong(diskLength); // "Original Size", "Current Size"
        footer.putInt(geometry(diskLength / SECTOR));
        footer.putInt(type);
        footer.putInt(0);
        footer.put(Identifiers.uuid(spec, "VHD"));
        return seal(footer, CHECKSUM);
    }

    /** Writes the "Checksum": the one's complement of the sum of all bytes with a checksum of zero. Leaves all to be read. */
    static ByteBuffer seal(ByteBuffer structure, int checksumAt) {
        int sum = 0;
        for (int i = 0; i < structure.capacity(); i++) {
            sum += structure.get(i) & 0xFF;
        }
        return structure.putInt(checksumAt, ~sum).clear();
    }

    /** Returns "Disk Geometry" as in "Appendix: CHS Calculation": cylinders, heads, sectors per track, in 2, 1 and 1 bytes. */
    static int geometry(long diskSectors) {
        long sectors = Math.min(diskSectors, 65_535L * 16 * 255);
        long perTrack;
        long heads;
        long tracks;
        if (sectors >= 65_535L * 16 * 63) {
            perTrack = 255;
            heads = 16;
            tracks = sectors / perTrack;
        } else {
            perTrack = 17;
            tracks = sectors / perTrack;
            heads = Math.max(4, (tracks + 1023) / 1024);
            if (tracks >= heads * 1024 || heads > 16) {
                perTrack = 31;
                heads = 16;
                tracks = sectors / perTrack;
            }
            if (tracks >= heads * 1024) {
                perTrack = 63;
                heads = 16;
                tracks = sectors / perTrack;
            }
        }
        return (int) (tracks / heads << 16 | heads << 8 | perTrack);
    }

    /** Returns what the user should know of the disk. */
    static List<String> notes(VirtualDiskSpec spec) {
        return SectorNote.of(spec, "VHD disks always have sectors of 512 bytes", Optional.of("vhdx")).stream().toList();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
