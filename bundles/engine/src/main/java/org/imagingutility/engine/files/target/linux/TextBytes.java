package org.imagingutility.engine.files.target.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Names with bytes in them that are no UTF-8 ({@link org.imagingutility.api.files.FileName#utf8}), as bytes again. */
final class TextBytes {
    private static final int FIRST = 0xDC80;
    private static final int LAST = 0xDCFF;

    private TextBytes() {
    }

    static byte[] of(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 2);
        for (int i = 0; i < text.length();) {
            int character = text.codePointAt(i);
            if (character >= FIRST && character <= LAST) {
                bytes.write(character & 0xFF);
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(character);
        }
        return bytes.toByteArray();
    }
}
