package org.imagingutility.codec.compress.xz;

import java.io.IOException;
import java.io.InputStream;
import org.imagingutility.codec.compress.stream.HeapBudget;
import org.imagingutility.codec.compress.stream.StreamDecompressor;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

/** Reads frames that are one xz stream each, whose dictionary is no larger than they have use for. For one thread. */
final class XzDecompressor extends StreamDecompressor {
    /** What the library needs beside the dictionary, and some reserve. */
    private static final int REST_KIB = 1024;

    private final ArrayCache arrays = new BasicArrayCache();

    XzDecompressor(HeapBudget budget) {
        super(XzCodec.NAME, budget);
    }

    @Override
    protected long heapBytes(int contentLength) {
        return limitKib(contentLength) * 1024L;
    }

    @Override
    protected InputStream begin(InputStream stored, int contentLength) throws IOException {
        return new SingleXZInputStream(stored, limitKib(contentLength), arrays);
    }

    private static int limitKib(int contentLength) {
        return XzDictionary.most(contentLength) / 1024 + REST_KIB;
    }
}
