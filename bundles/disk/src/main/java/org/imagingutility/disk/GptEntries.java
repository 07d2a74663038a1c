package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;

/** Turns the entries of a GPT (UEFI 5.3.3) into partitions. An entry that says something impossible is left out. */
final class GptEntries {
    private static final int UNIQUE_GUID_AT = 16;
    private static final int START_AT = 32;
    private static final int END_AT = 40;
    private static final int ATTRIBUTES_AT = 48;
    private static final int NAME_AT = 56;
    private static final int NAME_LENGTH = 72;
    /** "Legacy BIOS Bootable" (UEFI 5.3.3, "Defined GPT Partition Entry - Attributes"). */
    private static final long BOOTABLE = 1L << 2;

    private GptEntries() {
    }

    /** Parses the entries that {@code header} describes; {@code bytes} are these, little endian. */
    static List<Placed> parse(ByteBuffer bytes, GptHeader header, int sectorSize, Warnings warnings) {
        List<Placed> found = new ArrayList<>();
        for (int i = 0; i < header.entryCount(); i++) {
            int position = i * header.entrySize();
            if (bytes.getLong(position) == 0 && bytes.getLong(position + 8) == 0) {
                continue;
            }
            long at = header.entriesAt() + position;
            long first = bytes.getLong(position + START_AT);
            long last = bytes.getLong(position + END_AT);
            if (first < 0 || last < first || last >= Long.MAX_VALUE / sectorSize) {
                warnings.at(at + START_AT, "entry " + (i + 1) + " is left out: its partition would be sectors "
                        + Long.toUnsignedString(first) + " to " + Long.toUnsignedString(last));
                continue;
            }
            if (first < header.firstUsable() || last > header.lastUsable()) {
                warnings.at(at + START_AT, "partition " + (i + 1) + " (sectors " + first + " to " + last
                        + ") does not lie in the usable sectors " + header.firstUsable() + " to " + header.lastUsable());
            }
            found.add(new Placed(partition(bytes, position, i + 1, first * sectorSize, (last - first + 1) * sectorSize), at));
        }
        return found;
    }

    private static Partition partition(ByteBuffer bytes, int position, int number, long offset, long length) {
        String type = Guids.read(bytes, position);
        long attributes = bytes.getLong(position + ATTRIBUTES_AT);
        return new Partition(number, PartitionRole.PRIMARY, offset, length, type, GptTypes.name(type),
                name(bytes, position + NAME_AT), Guids.read(bytes, position + UNIQUE_GUID_AT), attributes,
                (attributes & BOOTABLE) != 0);
    }

    private static String name(ByteBuffer bytes, int position) {
        byte[] units = new byte[NAME_LENGTH];
        bytes.get(position, units);
        String text = new String(units, StandardCharsets.UTF_16LE);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
