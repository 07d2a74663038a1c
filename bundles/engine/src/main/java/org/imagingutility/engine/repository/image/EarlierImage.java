package org.imagingutility.engine.repository.image;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.ObjectNames.Stored;

/**
 * The newest complete image of the same name: what did not change since then is in it, in the same window. The frames of two chunks are held:
 * while some workers are in one, others are in the next. Used by several threads at once.
 */
final class EarlierImage {
    /** No image. */
    static final EarlierImage NONE = new EarlierImage(null);

    private final RepositoryReader reader;
    private volatile Frames frames = new Frames(-1, Map.of());
    private volatile Frames before = frames;

    EarlierImage(RepositoryReader reader) {
        this.reader = reader;
    }

    /** The frames of a chunk by their windows. */
    private record Frames(int chunk, Map<Long, FrameInfo> byIndex) {
    }

    /** Returns how a frame of that content is stored if the image has it in the same window. */
    Optional<Stored> find(FrameInfo frame) throws ImagingException {
        if (reader == null) {
            return Optional.empty();
        }
        int chunk = reader.findChunk(frame.frameIndex() * reader.info().spec().frameSize());
        if (chunk < 0) {
            return Optional.empty();
        }
        Digest content = frame.contentDigest();
        return Optional.ofNullable(framesOf(chunk).get(frame.frameIndex())).filter(then -> then.contentDigest().equals(content))
                .map(then -> new Stored(then.storedCrc32c(), then.storedLength()));
    }

    private Map<Long, FrameInfo> framesOf(int chunk) throws ImagingException {
        for (Frames held : List.of(frames, before)) {
            if (held.chunk == chunk) {
                return held.byIndex;
            }
        }
        synchronized (this) {
            for (Frames held : List.of(frames, before)) {
                if (held.chunk == chunk) {
                    return held.byIndex;
                }
            }
            Frames read = new Frames(chunk, byIndex(chunk));
            before = frames;
            frames = read;
            return read.byIndex;
        }
    }

    private Map<Long, FrameInfo> byIndex(int chunk) throws ImagingException {
        List<FrameEntry> entries;
        try {
            ChunkTable table = reader.table(chunk);
            entries = table.frames();
        } catch (ImageDamagedException | ImageReadException e) {
            // that image is damaged, which is no reason not to make a new one: its frames are looked up one by one
            return Map.of();
        }
        Map<Long, FrameInfo> byIndex = new HashMap<>();
        entries.forEach(entry -> byIndex.put(entry.frame().frameIndex(), entry.frame()));
        return byIndex;
    }
}
