package org.imagingutility.engine.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;

/** The chunk tables used last: the last one, and more as long as they are small together. For one thread at a time. */
public final class ChunkTableCache {
    /** Frames and extents of all tables but the last: about 20 MiB. */
    private static final int MAX_ENTRIES = 100_000;

    private final ImageReader reader;
    private final LinkedHashMap<Integer, ChunkTable> tables = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    /** Creates an empty cache of the tables that {@code reader} reads. */
    public ChunkTableCache(ImageReader reader) {
        this.reader = reader;
    }

    /** Returns the table of chunk {@code index}. */
    public ChunkTable table(int index) throws ImagingException {
        ChunkTable known = tables.get(index);
        if (known != null) {
            return known;
        }
        // room is made first, so that a large table never stands beside large old ones
        int coming = reader.chunk(index).frameCount();
        while (!tables.isEmpty() && entries + coming > MAX_ENTRIES) {
            Map.Entry<Integer, ChunkTable> oldest = tables.entrySet().iterator().next();
            entries -= size(oldest.getValue());
            tables.remove(oldest.getKey());
        }
        ChunkTable table = reader.table(index);
        tables.put(index, table);
        entries += size(table);
        return table;
    }

    void clear() {
        tables.clear();
        entries = 0;
    }

    private static long size(ChunkTable table) {
        return table.frames().size() + (long) table.extents().count();
    }
}
