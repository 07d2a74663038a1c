package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Some bytes of a device; what lies behind their end counts as zeros. For one thread. */
final class Bytes {
    private final ByteBuffer bytes;

    Bytes(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean has(int at, int length) {
        return at >= 0 && at <= bytes.limit() - length;
    }

    /** Says whether {@code text}, one byte a character, stands there. */
    boolean says(int at, String text) {
        if (!has(at, text.length())) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes.get(at + i) & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns 4 bytes, the least significant first. */
    long u32(int at) {
        return has(at, Integer.BYTES) ? bytes.getInt(at) & 0xFFFF_FFFFL : 0;
    }

    /** Returns 4 bytes, the most significant first. */
    long u32big(int at) {
        return has(at, Integer.BYTES) ? Integer.reverseBytes(bytes.getInt(at)) & 0xFFFF_FFFFL : 0;
    }

    /** Returns 8 bytes, the least significant first; negative where they do not fit. */
    long u64(int at) {
        return has(at, Long.BYTES) ? bytes.getLong(at) : 0;
    }

    /** Returns 8 bytes, the most significant first; negative where they do not fit. */
    long u64big(int at) {
        return Long.reverseBytes(u64(at));
    }

    /** Returns 2 bytes, the most significant first. */
    int u16big(int at) {
        return has(at, Short.BYTES) ? Short.reverseBytes(bytes.getShort(at)) & 0xFFFF : 0;
    }

    /** Returns a text that ends at a zero or after {@code length} bytes, without control characters and blanks around it. */
    String text(int at, int length) {
        return text(at, length, StandardCharsets.UTF_8);
    }

    /** Returns a text in UTF-16 like {@link #text(int, int)}. */
    String utf16(int at, int length) {
        return text(at, length, StandardCharsets.UTF_16LE);
    }

    private String text(int at, int length, Charset charset) {
        if (!has(at, length)) {
            return "";
        }
        byte[] raw = new byte[length];
        bytes.get(at, raw);
        String text = new String(raw, charset);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\p{Cntrl}", "?").strip();
    }

    /** Returns 16 bytes in the usual spelling of a UUID; empty if they are zeros. */
    String uuid(int at) {
        if (!has(at, 16)) {
            return "";
        }
        java.util.UUID uuid = new java.util.UUID(u64big(at), u64big(at + Long.BYTES));
        return uuid.getMostSignificantBits() == 0 && uuid.getLeastSignificantBits() == 0 ? "" : uuid.toString();
    }
}
