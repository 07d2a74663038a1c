package org.imagingutility.windows.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts as the functions of Windows that end in W have them: UTF-16LE, ended by a character 0. */
public final class WideText {

    private WideText() {
    }

    /** Returns a text to be passed. */
    public static byte[] bytes(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_16LE);
    }

    /** Returns the text at the beginning of a little-endian buffer, up to the 0 or the end. */
    public static String text(ByteBuffer bytes) {
        return text(bytes, 0);
    }

    /** Returns the text that begins at byte {@code from}. */
    static String text(ByteBuffer bytes, int from) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at + 1 < bytes.limit(); at += Character.BYTES) {
            char character = bytes.getChar(at);
            if (character == 0) {
                break;
            }
            text.append(character);
        }
        return text.toString();
    }

    /** Returns the texts of a list that ends with an empty one, or with the buffer. */
    public static List<String> texts(ByteBuffer bytes) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        String text = text(bytes, at);
        while (!text.isEmpty()) {
            texts.add(text);
            at += (text.length() + 1) * Character.BYTES;
            text = text(bytes, at);
        }
        return texts;
    }
}
