package org.imagingutility.engine.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Changes what the footer and the footer copy of an skz image state, and makes their checksums right again, as whoever wants to
 * pass an image off as another one would. Offsets are those of docs/image-format.md, "Footer".
 */
public final class FooterForgery {
    private static final int LOCATOR_LENGTH = 24;
    private static final int INDEX_COPY_AT = 40;
    private static final int CONTENT_DIGEST_AT = 128;
    private static final int CRC_LENGTH = 4;

    private FooterForgery() {
    }

    /** Has the image state another content digest than its frames have. */
    public static void contentDigest(Path image, byte[] digest) throws IOException {
        change(image, (file, footer, length) -> file.put(footer + CONTENT_DIGEST_AT, digest));
    }

    /** Has the image note another text of the same length, somewhere in its statistics. */
    public static void statistics(Path image, String there, String instead) throws IOException {
        change(image, (file, footer, length) -> {
            String text = new String(file.array(), footer, length, StandardCharsets.ISO_8859_1);
            if (there.length() != instead.length() || !text.contains(there)) {
                throw new IllegalArgumentException("cannot put " + instead + " in place of " + there);
            }
            file.put(footer + text.indexOf(there), instead.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private interface Change {
        void in(ByteBuffer file, int footer, int length);
    }

    private static void change(Path image, Change change) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
        int locator = file.capacity() - LOCATOR_LENGTH;
        int footer = (int) file.getLong(locator);
        int length = file.getInt(locator + Long.BYTES);
        int copy = (int) file.getLong(footer + INDEX_COPY_AT) - length;
        for (int at : new int[] {footer, copy}) {
            change.in(file, at, length);
            CRC32C crc = new CRC32C();
            crc.update(file.array(), at, length - CRC_LENGTH);
            file.putInt(at + length - CRC_LENGTH, (int) crc.getValue());
        }
        Files.write(image, file.array());
    }
}
