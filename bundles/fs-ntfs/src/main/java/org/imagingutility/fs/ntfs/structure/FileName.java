package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A name of a file. Layout: {@code FILE_NAME_ATTR} in {@code layout.h} of ntfs-3g.
 *
 * @param parent reference to the directory the name stands in
 * @param name the name, fit to be shown
 */
public record FileName(long parent, String name) {
    private static final int NAME_LENGTH_AT = 64;
    private static final int NAMESPACE_AT = 65;
    private static final int NAME_AT = 66;
    /** Names of this name space are the short ones that Windows makes up for a file with a long name. */
    private static final int DOS = 2;

    /** Returns the first name in {@code record} that is not a made-up short one, else the first one. */
    public static Optional<FileName> of(MftRecord record) {
        Optional<FileName> shortName = Optional.empty();
        for (Attribute attribute : record.attributes()) {
            if (attribute.type() != Attribute.FILE_NAME || !(attribute instanceof Attribute.Resident resident)) {
                continue;
            }
            ByteBuffer value = resident.value();
            Optional<FileName> name = parse(value);
            if (name.isPresent() && value.get(NAMESPACE_AT) != DOS) {
                return name;
            }
            shortName = shortName.or(() -> name);
        }
        return shortName;
    }

    private static Optional<FileName> parse(ByteBuffer value) {
        int length = value.limit() < NAME_AT ? 0 : Byte.toUnsignedInt(value.get(NAME_LENGTH_AT));
        if (length == 0 || NAME_AT + 2 * length > value.limit()) {
            return Optional.empty();
        }
        return Optional.of(new FileName(value.getLong(0), DiskText.shown(DiskText.exact(value, NAME_AT, length))));
    }
}
