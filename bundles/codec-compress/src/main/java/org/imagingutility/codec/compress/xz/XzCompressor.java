package org.imagingutility.codec.compress.xz;

import java.io.IOException;
import java.io.OutputStream;
import org.imagingutility.codec.compress.stream.HeapBudget;
import org.imagingutility.codec.compress.stream.StreamCompressor;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/**
 * Makes one xz stream of one block for each frame. The library's arrays are kept from frame to frame. For one thread.
 *
 * <p>The stream has a CRC-32: containers check frames on their own, and CRC-64 is slower in Java.
 */
final class XzCompressor extends StreamCompressor {
    private final int level;
    private final ArrayCache arrays = new BasicArrayCache();

    XzCompressor(int level, HeapBudget budget) {
        super(XzCodec.NAME, budget);
        this.level = level;
    }

    @Override
    protected long heapBytes(int contentLength) {
        return options(contentLength).getEncoderMemoryUsage() * 1024L;
    }

    @Override
    protected OutputStream begin(int contentLength, OutputStream stored) throws IOException {
        return new XZOutputStream(stored, options(contentLength), XZ.CHECK_CRC32, arrays);
    }

    private LZMA2Options options(int contentLength) {
        try {
            LZMA2Options options = new LZMA2Options(level);
            options.setDictSize(Math.min(options.getDictSize(), XzDictionary.most(contentLength)));
            return options;
        } catch (UnsupportedOptionsException e) {
            throw new IllegalArgumentException("level " + level + " for " + contentLength + " bytes", e);
        }
    }
}
