package org.imagingutility.format.img1;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.store.ImageFile;

/** The streams used last, a few. For one thread at a time. */
final class ChunkStreams implements AutoCloseable {
    /** One that content comes from, one that is proven next, one to spare for reads elsewhere. */
    private static final int MOST = 3;

    private final ImageFile file;
    private final Chunks chunks;
    /** The one used last is the last. */
    private final List<ChunkStream> streams = new ArrayList<>();
    private boolean closed;

    ChunkStreams(ImageFile file, Chunks chunks) {
        this.file = file;
        this.chunks = chunks;
    }

    /** Returns the stream of chunk {@code number}, wherever it stands. */
    ChunkStream of(int number) {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
        ChunkStream stream = take(number);
        streams.add(stream);
        if (!stream.isOf(number)) {
            stream.open(chunks.get(number));
        }
        return stream;
    }

    private ChunkStream take(int number) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).isOf(number)) {
                return streams.remove(i);
            }
        }
        return streams.size() < MOST ? new ChunkStream(file) : streams.remove(0);
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(ChunkStream::close);
        streams.clear();
    }
}
