package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** POSIX access lists: from the form on the volume ({@code ext4_acl_entry}) to the one that Linux shows ({@code posix_acl_xattr_entry}). */
final class AccessLists {
    private static final int VERSION_ON_VOLUME = 1;
    private static final int VERSION_SHOWN = 2;
    private static final int SHOWN_ENTRY = 8;
    private static final int NAMED_USER = 0x02;
    private static final int NAMED_GROUP = 0x08;
    private static final int ACCESS = 2;
    private static final int DEFAULT = 3;

    private AccessLists() {
    }

    /** Says whether attributes with this prefix are access lists. */
    static boolean isOne(int prefix) {
        return prefix == ACCESS || prefix == DEFAULT;
    }

    /** Returns the form that Linux shows; the value as it is if it is not as it should be. */
    static byte[] shown(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < Integer.BYTES || in.getInt() != VERSION_ON_VOLUME) {
            return value;
        }
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + value.length / Integer.BYTES * SHOWN_ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(VERSION_SHOWN);
        while (in.remaining() >= Integer.BYTES) {
            short tag = in.getShort();
            out.putShort(tag).putShort(in.getShort());
            if (tag != NAMED_USER && tag != NAMED_GROUP) {
                out.putInt(-1);
            } else if (in.remaining() < Integer.BYTES) {
                return value;
            } else {
                out.putInt(in.getInt());
            }
        }
        byte[] shown = new byte[out.position()];
        out.flip().get(shown);
        return in.hasRemaining() ? value : shown;
    }
}
