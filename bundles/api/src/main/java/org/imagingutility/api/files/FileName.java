package org.imagingutility.api.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A name, or the path of a link, as it stands on a volume: its bytes, and a text that is another one for other bytes. It is hostile: it may be
 * {@code ..}, have a separator or control characters in it, or be nothing that this system can have. Immutable.
 */
public final class FileName {
    /** A byte {@code b} that is part of no UTF-8 character becomes this and {@code b}: a surrogate that no UTF-8 text has. */
    private static final int STRAY_BYTE = 0xDC00;

    private final byte[] bytes;
    private final String text;

    private FileName(byte[] bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    /** Creates a name of any encoding: its bytes, of which a copy is kept, and its text. */
    public static FileName of(byte[] bytes, String text) {
        return new FileName(bytes.clone(), text);
    }

    /** Creates a name in UTF-8; each byte of what is none becomes a surrogate from U+DC80 to U+DCFF. */
    public static FileName utf8(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return new FileName(bytes.clone(), decode(bytes));
            }
        }
        return new FileName(bytes.clone(), new String(bytes, StandardCharsets.US_ASCII));
    }

    /** Creates a name in UTF-16, little endian; surrogates that stand alone stay as they are. */
    public static FileName utf16(byte[] bytes) {
        char[] text = new char[bytes.length / Character.BYTES];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (Byte.toUnsignedInt(bytes[2 * i]) | Byte.toUnsignedInt(bytes[2 * i + 1]) << Byte.SIZE);
        }
        return new FileName(bytes.clone(), new String(text));
    }

    private static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (STRAY_BYTE | Byte.toUnsignedInt(in.get())));
            }
        }
    }

    /** Returns the bytes of the name, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the name as text. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text;
    }
}
