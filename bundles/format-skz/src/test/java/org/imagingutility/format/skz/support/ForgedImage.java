package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Makes a changed image consistent: header copy, number of the image, chunk digests, image digest, CRC-32C of all
 * structures and slots fit each other again. What the changes say stays. Written after the specification alone.
 */
public final class ForgedImage {
    private static final int IMAGE_ID_AT = 16;
    private static final int SLOT_DIGEST_AT = 72;
    private static final int IMAGE_DIGEST_AT = 96;

    private ForgedImage() {
    }

    public static void all(byte[] image, ImageLayout layout) {
        ImageLayout.Part header = layout.part(StructureKind.HEADER, 0);
        Checksums.structure(image, header);
        System.arraycopy(image, 0, image, layout.part(StructureKind.HEADER, 1).offset(), header.length());
        byte[] imageId = Checksums.imageId(image, header.length());
        chunkDigests(image, layout);
        for (ImageLayout.Part part : layout.parts()) {
            if (part.kind() != null && part.kind() != StructureKind.HEADER) {
                System.arraycopy(imageId, 0, image, part.offset() + IMAGE_ID_AT, Long.BYTES);
                if (part.kind() == StructureKind.INDEX) {
                    slots(image, part.offset() + IndexBlock.HEAD_LENGTH, part.end(), imageId);
                }
                if (part.kind() == StructureKind.INDEX_COPY) {
                    slots(image, part.offset() + IndexCopy.HEAD_LENGTH, part.end() - Structure.CRC_LENGTH, imageId);
                }
                Checksums.structure(image, part);
            }
        }
        byte[] digest = imageDigest(image, header.length(), layout.part(StructureKind.INDEX_COPY, 0));
        for (StructureKind kind : List.of(StructureKind.FOOTER_COPY, StructureKind.FOOTER)) {
            ImageLayout.Part footer = layout.part(kind, 0);
            System.arraycopy(digest, 0, image, footer.offset() + IMAGE_DIGEST_AT, digest.length);
            Checksums.structure(image, footer);
        }
    }

    private static void slots(byte[] image, int from, int to, byte[] imageId) {
        for (int slot = from; slot + IndexSlot.LENGTH <= to; slot += IndexSlot.LENGTH) {
            if (image[slot] != 0) {
                Checksums.slot(image, slot, imageId);
            }
        }
    }

    private static void chunkDigests(byte[] image, ImageLayout layout) {
        int copy = layout.part(StructureKind.INDEX_COPY, 0).offset() + IndexCopy.HEAD_LENGTH;
        int front = layout.part(StructureKind.INDEX, 0).offset() + IndexBlock.HEAD_LENGTH;
        int frontEnd = layout.part(StructureKind.INDEX, 0).end() - IndexSlot.LENGTH;
        for (ImageLayout.Part table : layout.parts(StructureKind.CHUNK_TABLE)) {
            byte[] digest = chunkDigest(image, table);
            if (digest != null) {
                System.arraycopy(digest, 0, image, table.end() - Structure.CRC_LENGTH - digest.length, digest.length);
                System.arraycopy(digest, 0, image, copy + SLOT_DIGEST_AT, digest.length);
                if (front < frontEnd) {
                    System.arraycopy(digest, 0, image, front + SLOT_DIGEST_AT, digest.length);
                }
            }
            copy += IndexSlot.LENGTH;
            front += IndexSlot.LENGTH;
        }
    }

    /** Returns the digest of a chunk computed from its table, or null if the table's lengths do not fit. */
    private static byte[] chunkDigest(byte[] image, ImageLayout.Part table) {
        ByteBuffer in = Checksums.view(image).position(table.offset()).slice().order(ByteOrder.LITTLE_ENDIAN);
        int frameCount = in.getInt(28);
        int mapLength = in.getInt(60);
        long length = 64L + mapLength + 64L * frameCount + 32 + Structure.CRC_LENGTH;
        // what is left of the table are the unreadable ranges with their count
        long ranges = table.length() - length;
        if (mapLength < 0 || frameCount < 0 || ranges < 0) {
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(64 + mapLength + 48 * frameCount + (int) ranges).order(ByteOrder.LITTLE_ENDIAN)
                .put("skz chunk v1".getBytes(StandardCharsets.US_ASCII))
                .putLong(in.getLong(32)).putLong(in.getLong(40)).putInt(Short.toUnsignedInt(in.getShort(52)))
                .putInt(frameCount).putInt(in.getInt(56)).putInt(mapLength).put(in.slice(64, mapLength));
        for (int entry = 64 + mapLength; frameCount > 0; entry += 64, frameCount--) {
            out.putLong(in.getLong(entry)).putInt(in.get(entry + 28)).putInt(in.getInt(entry + 16))
                    .put(in.slice(entry + 32, 32));
        }
        out.put(in.slice(table.length() - (int) ranges - 32 - Structure.CRC_LENGTH, (int) ranges));
        return TestImage.sha(Arrays.copyOf(out.array(), out.position())).toBytes();
    }

    private static byte[] imageDigest(byte[] image, int headerLength, ImageLayout.Part copy) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("skz image v1".getBytes(StandardCharsets.US_ASCII));
            sha.update(image, 0, headerLength);
            int count = (copy.length() - IndexCopy.HEAD_LENGTH) / IndexSlot.LENGTH;
            sha.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(count).flip());
            for (int i = 0; i < count; i++) {
                sha.update(image, copy.offset() + IndexCopy.HEAD_LENGTH + i * IndexSlot.LENGTH + SLOT_DIGEST_AT, 32);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
