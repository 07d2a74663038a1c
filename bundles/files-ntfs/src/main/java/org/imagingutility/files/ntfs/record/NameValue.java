package org.imagingutility.files.ntfs.record;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.fs.ntfs.structure.DiskText;

/**
 * The value of a {@code $FILE_NAME}, which is also the key of an entry in a directory. Layout: {@code FILE_NAME_ATTR} in
 * {@code layout.h} of ntfs-3g.
 *
 * @param parent reference to the directory the name stands in
 * @param flags flags of the file, as far as they were known when the name was written last
 * @param reparseTag tag of its reparse point, if {@code flags} tell of one
 * @param dos whether it is a short name that Windows made up for a file with a long one
 * @param name the name as it stands there, at least one character
 */
public record NameValue(long parent, int flags, int reparseTag, boolean dos, String name) {
    /** Bytes before the characters of the name. */
    public static final int HEAD = 66;
    private static final int FLAGS_AT = 56;
    private static final int TAG_AT = 60;
    private static final int LENGTH_AT = 64;
    private static final int NAMESPACE_AT = 65;
    private static final int DOS = 2;

    /** Parses the {@code length} bytes from {@code at} on; empty if they have no room for what they say, or for no name. */
    public static Optional<NameValue> parse(ByteBuffer bytes, int at, int length) {
        int characters = length < HEAD ? 0 : Byte.toUnsignedInt(bytes.get(at + LENGTH_AT));
        if (characters == 0 || HEAD + Character.BYTES * characters > length) {
            return Optional.empty();
        }
        return Optional.of(new NameValue(bytes.getLong(at), bytes.getInt(at + FLAGS_AT), bytes.getInt(at + TAG_AT),
                bytes.get(at + NAMESPACE_AT) == DOS, DiskText.exact(bytes, at + HEAD, characters)));
    }
}
