package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;

/**
 * What {@code $Volume}, record 3 of {@code $MFT}, says.
 *
 * @param fileSystem {@code NTFS} with its version, as far as known
 * @param label label of the volume, empty if none or not known
 * @param flags state of the volume, see {@code VolumeFlags}; -1 if not known
 */
public record VolumeFacts(String fileSystem, String label, int flags) {
    /** Nothing could be read. */
    public static final VolumeFacts UNKNOWN = new VolumeFacts("NTFS", "", -1);

    /** {@code VOLUME_INFORMATION} in {@code layout.h} of ntfs-3g: 8 bytes reserved, major, minor, flags. */
    private static final int MAJOR_AT = 8;
    private static final int MINOR_AT = 9;
    private static final int FLAGS_AT = 10;
    private static final int MIN_INFORMATION = 12;
    private static final int MAX_LABEL = 256;

    /** Takes the facts from the record of {@code $Volume}. */
    public static VolumeFacts of(MftRecord record) {
        String fileSystem = UNKNOWN.fileSystem();
        int flags = UNKNOWN.flags();
        ByteBuffer information = value(record, Attribute.VOLUME_INFORMATION);
        if (information.limit() >= MIN_INFORMATION) {
            fileSystem += " " + Byte.toUnsignedInt(information.get(MAJOR_AT)) + "."
                    + Byte.toUnsignedInt(information.get(MINOR_AT));
            flags = Byte.toUnsignedInt(information.get(FLAGS_AT)) | Byte.toUnsignedInt(information.get(FLAGS_AT + 1)) << 8;
        }
        ByteBuffer label = value(record, Attribute.VOLUME_NAME);
        return new VolumeFacts(fileSystem, DiskText.shown(DiskText.exact(label, 0,
                Math.min(label.limit(), MAX_LABEL) / 2)), flags);
    }

    private static ByteBuffer value(MftRecord record, int type) {
        return record.find(type).filter(Attribute.Resident.class::isInstance)
                .map(attribute -> ((Attribute.Resident) attribute).value()).orElse(ByteBuffer.allocate(0));
    }
}
