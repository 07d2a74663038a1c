package org.imagingutility.files.ntfs.content;

import java.util.Optional;
import java.util.function.Supplier;
import org.imagingutility.files.ntfs.compression.Decompressor;
import org.imagingutility.files.ntfs.compression.Lzx;
import org.imagingutility.files.ntfs.compression.XpressHuffman;

/**
 * How Windows compresses files from the outside ({@code FILE_PROVIDER_COMPRESSION_…} of the Windows SDK): by {@code compact /exe}, and
 * half of its own files.
 */
public enum ExternalCompression {
    /** The quickest, which is usual. */
    XPRESS4K(0, 4096, XpressHuffman::new),
    /** The smallest. */
    LZX(1, 32_768, Lzx::new),
    /** In between. */
    XPRESS8K(2, 8192, XpressHuffman::new),
    /** In between. */
    XPRESS16K(3, 16_384, XpressHuffman::new);

    /** The stream that has the compressed data. */
    public static final String STREAM = "WofCompressedData";

    private final int number;
    private final int chunkSize;
    private final Supplier<Decompressor> decompressors;

    ExternalCompression(int number, int chunkSize, Supplier<Decompressor> decompressors) {
        this.number = number;
        this.chunkSize = chunkSize;
        this.decompressors = decompressors;
    }

    /** Returns the one with this number in a reparse point. */
    public static Optional<ExternalCompression> of(int number) {
        for (ExternalCompression each : values()) {
            if (each.number == number) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Returns the bytes that each chunk but the last one expands to. */
    int chunkSize() {
        return chunkSize;
    }

    /** Makes a decompressor. */
    Decompressor decompressor() {
        return decompressors.get();
    }
}
