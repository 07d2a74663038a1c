package org.imagingutility.fs.ntfs.mft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.runs.StreamSizes;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.DiskText;
import org.imagingutility.fs.ntfs.structure.MftRecord;
import org.imagingutility.fs.ntfs.structure.Place;

/** Reads and parses the attribute list of a file whose attributes do not fit into one record. */
public final class AttributeList {
    /** Windows makes none longer ({@code AttrDef}, and the limit the drivers of Linux have). */
    static final int MAX_LENGTH = 256 << 10;

    /** Head of an entry ({@code ATTR_LIST_ENTRY} in {@code layout.h} of ntfs-3g); a name may follow. */
    private static final int HEAD = 26;
    private static final int LENGTH_AT = 4;
    private static final int NAME_LENGTH_AT = 6;
    private static final int NAME_AT = 7;
    private static final int LOWEST_VCN_AT = 8;
    private static final int REFERENCE_AT = 16;

    private AttributeList() {
    }

    /**
     * Says which record has a piece of an attribute.
     *
     * @param type type of the attribute
     * @param name its name, empty if none
     * @param lowestVcn first cluster the piece tells of
     * @param reference reference to the record
     * @param place where this entry stands
     */
    public record Entry(int type, String name, long lowestVcn, long reference, Place place) {
    }

    /**
     * Returns the entries in stored order.
     *
     * @param list the list, an attribute of {@code base}
     * @param base the file's base record
     */
    public static List<Entry> entries(Attribute list, MftRecord base, Volume volume) throws ImagingException {
        if (list instanceof Attribute.Resident resident) {
            return parse(resident.value(), resident.place());
        }
        Attribute.NonResident outside = (Attribute.NonResident) list;
        String what = "the attribute list of record " + base.number();
        RunList runs = volume.newRunList();
        runs.append(outside, what);
        StreamSizes.check(outside, volume.bytesOf(runs), what);
        long length = outside.dataSize();
        if (length > MAX_LENGTH || outside.initialisedSize() != length) {
            throw outside.place().wrong(Attribute.DATA_SIZE_AT, what + " has " + length + " bytes, "
                    + outside.initialisedSize() + " of them initialised; expected all of at most " + MAX_LENGTH);
        }
        if (length == 0) {
            return List.of();
        }
        DataStream stream = volume.stream(runs);
        return parse(ByteBuffer.wrap(stream.read(volume.reader(), 0, (int) length)), stream.place(0));
    }

    private static List<Entry> parse(ByteBuffer unordered, Place place) throws FileSystemException {
        ByteBuffer bytes = unordered.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        int position = 0;
        while (position < bytes.limit()) {
            int left = bytes.limit() - position;
            int length = left < HEAD ? 0 : Short.toUnsignedInt(bytes.getShort(position + LENGTH_AT));
            if (length < HEAD || length > left || length % 8 != 0) {
                throw place.wrong(position, "an entry of the attribute list has " + length
                        + " bytes, not a multiple of 8 from " + HEAD + " to the " + left + " bytes left");
            }
            int nameLength = Byte.toUnsignedInt(bytes.get(position + NAME_LENGTH_AT));
            int nameAt = Byte.toUnsignedInt(bytes.get(position + NAME_AT));
            if (nameLength > 0 && nameAt + 2 * nameLength > length) {
                throw place.wrong(position + NAME_AT, "the name in an entry of the attribute list leads out of its "
                        + length + " bytes");
            }
            entries.add(new Entry(bytes.getInt(position), DiskText.exact(bytes, position + nameAt, nameLength),
                    bytes.getLong(position + LOWEST_VCN_AT), bytes.getLong(position + REFERENCE_AT),
                    place.from(position)));
            position += length;
        }
        return entries;
    }
}
