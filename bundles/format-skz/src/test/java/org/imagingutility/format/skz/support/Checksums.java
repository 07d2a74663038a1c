package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/** Makes the CRC-32C of changed structures right again, so that the checks behind it are reached. */
public final class Checksums {
    private Checksums() {
    }

    /** Seals a structure; of an index block, its head. */
    public static void structure(byte[] image, ImageLayout.Part part) {
        int end = part.kind() == StructureKind.INDEX ? part.offset() + IndexBlock.HEAD_LENGTH : part.end();
        int crcAt = end - Structure.CRC_LENGTH;
        view(image).putInt(crcAt, Structure.crc(ByteBuffer.wrap(image), part.offset(), crcAt));
    }

    /** Seals the index slot at {@code offset} of the image with this number. */
    public static void slot(byte[] image, int offset, byte[] imageId) {
        CRC32C crc = new CRC32C();
        crc.update(imageId);
        crc.update(image, offset, IndexSlot.LENGTH - Structure.CRC_LENGTH);
        view(image).putInt(offset + IndexSlot.LENGTH - Structure.CRC_LENGTH, (int) crc.getValue());
    }

    /** Returns the number of the image, which follows from its header, as it stands in the file. */
    public static byte[] imageId(byte[] image, int headerLength) {
        return Arrays.copyOf(TestImage.sha(Arrays.copyOf(image, headerLength)).toBytes(), Long.BYTES);
    }

    public static ByteBuffer view(byte[] image) {
        return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    }
}
