package org.imagingutility.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An skz image that is changed, and whose checksums and digests are then made to fit again, so that the checks behind them
 * are reached. Knows the parts of the intact image; written after {@code docs/image-format.md} alone.
 */
final class ForgedSkz {
    static final String HEADER = "SKZHEAD1";
    static final String INDEX = "SKZINDX1";
    static final String CHUNK_HEAD = "SKZCHNK1";
    static final String FRAME_HEAD = "SKZFRAM1";
    static final String TABLE = "SKZTABL1";
    static final String INDEX_COPY = "SKZICPY1";
    static final String FOOTER = "SKZFOOT1";
    static final String FOOTER_COPY = "SKZFCPY1";
    private static final int INDEX_HEAD = 36;
    private static final int INDEX_COPY_HEAD = 28;
    private static final int SLOT = 128;
    private static final int SLOT_DIGEST_AT = 72;
    private static final int IMAGE_DIGEST_AT = 96;
    private static final int STORED_LENGTH_AT = 36;

    /** A structure, or the stored bytes of a frame (tag {@code stored}). */
    record Part(String tag, int offset, int length) {
        int end() {
            return offset + length;
        }
    }

    private final byte[] bytes;
    private final List<Part> parts = new ArrayList<>();

    /** Takes an intact image, which is copied. */
    ForgedSkz(byte[] intact) {
        bytes = intact.clone();
        int position = 0;
        while (position < bytes.length) {
            String tag = tagAt(position);
            if (tag.isEmpty()) {
                position++;
                continue;
            }
            int length = 8 + view().getInt(position + 4);
            parts.add(new Part(tag, position, length));
            position += length;
            if (tag.equals(FRAME_HEAD)) {
                int stored = view().getInt(position - length + STORED_LENGTH_AT);
                parts.add(new Part("stored", position, stored));
                position += stored;
            }
        }
    }

    private String tagAt(int position) {
        if (bytes.length - position < 16 || (view().getInt(position) & ~0xF) != 0x184D2A50) {
            return "";
        }
        String tag = new String(bytes, position + 8, 8, StandardCharsets.US_ASCII);
        return tag.startsWith("SKZ") ? tag : "";
    }

    /** Returns the image as it is now, for reading and changing. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return bytes;
    }

    List<Part> parts() {
        return parts;
    }

    Part part(String tag, int number) {
        return parts.stream().filter(part -> part.tag().equals(tag)).skip(number).findFirst().orElseThrow();
    }

    /** Changes the same 64-bit field of footer and footer copy. */
    void footers(int at, long value) {
        view().putLong(part(FOOTER, 0).offset() + at, value).putLong(part(FOOTER_COPY, 0).offset() + at, value);
    }

    /** Makes the checksum of one structure fit; of an index block that of its head. */
    void seal(Part part) {
        int crcAt = (part.tag().equals(INDEX) ? part.offset() + INDEX_HEAD : part.end()) - 4;
        CRC32C crc = new CRC32C();
        crc.update(bytes, part.offset(), crcAt - part.offset());
        view().putInt(crcAt, (int) crc.getValue());
    }

    /** Makes everything fit: header copy, number of the image, chunk and image digests, checksums of structures and slots. */
    void sealAll() {
        Part header = part(HEADER, 0);
        seal(header);
        System.arraycopy(bytes, 0, bytes, part(HEADER, 1).offset(), header.length());
        byte[] imageId = Arrays.copyOf(sha(Arrays.copyOf(bytes, header.length())), 8);
        chunkDigests();
        for (Part part : parts) {
            if (part.tag().equals(HEADER) || part.tag().equals("stored")) {
                continue;
            }
            System.arraycopy(imageId, 0, bytes, part.offset() + 16, imageId.length);
            if (part.tag().equals(INDEX)) {
                slots(part.offset() + INDEX_HEAD, part.end(), imageId);
            } else if (part.tag().equals(INDEX_COPY)) {
                slots(part.offset() + INDEX_COPY_HEAD, part.end() - 4, imageId);
            }
            seal(part);
        }
        byte[] digest = imageDigest(header.length());
        for (String tag : List.of(FOOTER_COPY, FOOTER)) {
            System.arraycopy(digest, 0, bytes, part(tag, 0).offset() + IMAGE_DIGEST_AT, digest.length);
            seal(part(tag, 0));
        }
    }

    private void slots(int from, int to, byte[] imageId) {
        for (int slot = from; slot + SLOT <= to; slot += SLOT) {
            if (bytes[slot] != 0) {
                CRC32C crc = new CRC32C();
                crc.update(imageId);
                crc.update(bytes, slot, SLOT - 4);
                view().putInt(slot + SLOT - 4, (int) crc.getValue());
            }
        }
    }

    private void chunkDigests() {
        int copy = part(INDEX_COPY, 0).offset() + INDEX_COPY_HEAD;
        int front = part(INDEX, 0).offset() + INDEX_HEAD;
        for (Part table : parts.stream().filter(part -> part.tag().equals(TABLE)).toList()) {
            byte[] digest = chunkDigest(table);
            if (digest != null) {
                for (int at : new int[] {table.end() - 4 - digest.length, copy + SLOT_DIGEST_AT, front + SLOT_DIGEST_AT}) {
                    System.arraycopy(digest, 0, bytes, at, digest.length);
                }
            }
            copy += SLOT;
            front += SLOT;
        }
    }

    /** Returns the digest of a chunk by its table, null if the table's lengths do not fit. No frame has unreadable ranges. */
    private byte[] chunkDigest(Part table) {
        ByteBuffer in = ByteBuffer.wrap(bytes, table.offset(), table.length()).slice().order(ByteOrder.LITTLE_ENDIAN);
        int frameCount = in.getInt(28);
        int mapLength = in.getInt(60);
        if (mapLength < 0 || frameCount < 0 || 64L + mapLength + 64L * frameCount + 36 != table.length()) {
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(64 + mapLength + 48 * frameCount).order(ByteOrder.LITTLE_ENDIAN)
                .put("skz chunk v1".getBytes(StandardCharsets.US_ASCII))
                .putLong(in.getLong(32)).putLong(in.getLong(40)).putInt(Short.toUnsignedInt(in.getShort(52)))
                .putInt(frameCount).putInt(in.getInt(56)).putInt(mapLength).put(in.slice(64, mapLength));
        for (int entry = 64 + mapLength; frameCount > 0; entry += 64, frameCount--) {
            out.putLong(in.getLong(entry)).putInt(in.get(entry + 28)).putInt(in.getInt(entry + 16))
                    .put(in.slice(entry + 32, 32));
        }
        return sha(Arrays.copyOf(out.array(), out.position()));
    }

    private byte[] imageDigest(int headerLength) {
        Part copy = part(INDEX_COPY, 0);
        int count = (copy.length() - INDEX_COPY_HEAD) / SLOT;
        ByteBuffer out = ByteBuffer.allocate(12 + headerLength + 4 + 32 * count).order(ByteOrder.LITTLE_ENDIAN)
                .put("skz image v1".getBytes(StandardCharsets.US_ASCII)).put(bytes, 0, headerLength).putInt(count);
        for (int i = 0; i < count; i++) {
            out.put(bytes, copy.offset() + INDEX_COPY_HEAD + i * SLOT + SLOT_DIGEST_AT, 32);
        }
        return sha(out.array());
    }

    private static byte[] sha(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
