package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.layout.Place;

/**
 * The extended attributes of an inode ("Extended Attributes"): those in the inode behind its fields, and those in a block. Values that stand in
 * an inode of their own are read when they are asked for.
 */
final class Attributes {
    private static final int MAGIC = 0xEA02_0000;
    private static final int IN_INODE_HEADER = 4;
    private static final int BLOCK_HEADER = 32;
    private static final int ENTRY_LENGTH = 16;
    private static final int NAME_LENGTH_AT = 0;
    private static final int PREFIX_AT = 1;
    private static final int VALUE_AT = 2;
    private static final int VALUE_INODE_AT = 4;
    private static final int VALUE_LENGTH_AT = 8;
    /** Most bytes of a value (XATTR_SIZE_MAX of Linux). */
    private static final long MAX_VALUE = 64 << 10;
    private static final int SYSTEM = 7;
    private static final int ENCRYPTION = 9;

    private Attributes() {
    }

    /**
     * An attribute.
     *
     * @param prefix number that stands for the begin of its name
     * @param name the rest of its name, as bytes
     * @param value its value, null if it stands in an inode
     * @param valueInode number of that inode, 0 if there is none
     * @param length bytes of the value
     * @param place where the entry stands
     */
    record Attribute(int prefix, byte[] name, byte[] value, long valueInode, long length, Place place) {

        /** Returns the name as Linux shows it. */
        byte[] fullName() {
            byte[] begin = PREFIXES.get(prefix).getBytes(StandardCharsets.US_ASCII);
            byte[] full = new byte[begin.length + name.length];
            System.arraycopy(begin, 0, full, 0, begin.length);
            System.arraycopy(name, 0, full, begin.length, name.length);
            return full;
        }

        boolean isShown() {
            return prefix < PREFIXES.size() && prefix != ENCRYPTION && !isInlineData();
        }

        boolean isInlineData() {
            return prefix == SYSTEM && new String(name, StandardCharsets.ISO_8859_1).equals("data");
        }
    }

    private static final List<String> PREFIXES = List.of("", "user.", "system.posix_acl_access", "system.posix_acl_default", "trusted.",
            "lustre.", "security.", "system.", "system.richacl", "encryption.", "gnu.");

    /** Reads all attributes of an inode. */
    static List<Attribute> of(Volume volume, FileInode inode) throws ImagingException {
        List<Attribute> found = new ArrayList<>(inInode(inode));
        long block = inode.blocks().attributes();
        if (block != 0) {
            volume.check(block, 1, inode.place());
            Place place = volume.place(volume.geometry().offset(block));
            ByteBuffer bytes = volume.block(block);
            if (bytes.getInt(0) != MAGIC) {
                throw place.wrong(0, String.format("the block of attributes of inode %d begins with 0x%08X", inode.number(), bytes.getInt(0)));
            }
            entries(bytes, BLOCK_HEADER, 0, place, found);
        }
        return found;
    }

    /** Reads those behind the fields of the inode. */
    private static List<Attribute> inInode(FileInode inode) throws FileSystemException {
        ByteBuffer bytes = inode.bytes();
        if (bytes.limit() <= FileInode.OLD_LENGTH) {
            return List.of();
        }
        int begin = FileInode.OLD_LENGTH + Short.toUnsignedInt(bytes.getShort(FileInode.EXTRA_LENGTH_AT));
        if (begin % Integer.BYTES != 0 || begin + IN_INODE_HEADER > bytes.limit() || bytes.getInt(begin) != MAGIC) {
            return List.of();
        }
        List<Attribute> found = new ArrayList<>();
        ByteBuffer rest = bytes.slice(begin, bytes.limit() - begin).order(ByteOrder.LITTLE_ENDIAN);
        entries(rest, IN_INODE_HEADER, IN_INODE_HEADER, inode.place().at(begin), found);
        return found;
    }

    /** Returns what an inode with inline data has behind the 60 bytes of {@code i_block}. */
    static Optional<byte[]> inlineData(FileInode inode) throws FileSystemException {
        return inInode(inode).stream().filter(Attribute::isInlineData).map(Attribute::value).filter(value -> value != null).findFirst();
    }

    /**
     * Reads entries up to the four zero bytes behind the last one.
     *
     * @param valueBase where the places of values are counted from
     */
    private static void entries(ByteBuffer bytes, int begin, int valueBase, Place place, List<Attribute> found) throws FileSystemException {
        for (int at = begin; at + Integer.BYTES <= bytes.limit() && bytes.getInt(at) != 0;) {
            int nameLength = Byte.toUnsignedInt(bytes.get(at + NAME_LENGTH_AT));
            int end = at + ENTRY_LENGTH + nameLength;
            if (end > bytes.limit()) {
                throw place.wrong(at, "the name of an attribute has " + nameLength + " bytes and leaves its block");
            }
            byte[] name = new byte[nameLength];
            bytes.get(at + ENTRY_LENGTH, name);
            long length = Integer.toUnsignedLong(bytes.getInt(at + VALUE_LENGTH_AT));
            long valueInode = Integer.toUnsignedLong(bytes.getInt(at + VALUE_INODE_AT));
            int valueAt = valueBase + Short.toUnsignedInt(bytes.getShort(at + VALUE_AT));
            if (length > MAX_VALUE || valueInode == 0 && length > 0 && valueAt > bytes.limit() - length) {
                throw place.wrong(at, "the value of an attribute has " + length + " bytes at " + valueAt + " and leaves its block");
            }
            byte[] value = null;
            if (valueInode == 0) {
                value = new byte[(int) length];
                if (length > 0) {
                    bytes.get(valueAt, value);
                }
            }
            found.add(new Attribute(Byte.toUnsignedInt(bytes.get(at + PREFIX_AT)), name, value, valueInode, length, place.at(at)));
            at = (end + 3) / 4 * 4;
        }
    }
}
