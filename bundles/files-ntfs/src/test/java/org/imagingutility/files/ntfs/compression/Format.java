package org.imagingutility.files.ntfs.compression;

/** The formats of chunks that Windows compresses files with, and how wimlib is told to make them. */
enum Format {
    XPRESS4K("xpress", 4096),
    XPRESS8K("xpress", 8192),
    XPRESS16K("xpress", 16384),
    LZX("lzx", 32768);

    /** What wimlib calls it. */
    final String type;
    /** Bytes that a chunk expands to. */
    final int chunkSize;

    Format(String type, int chunkSize) {
        this.type = type;
        this.chunkSize = chunkSize;
    }

    /** Returns the decompressor under test. */
    Decompressor decompressor() {
        return this == LZX ? new Lzx() : new XpressHuffman();
    }
}
