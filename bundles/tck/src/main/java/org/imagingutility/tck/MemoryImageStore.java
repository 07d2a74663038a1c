package org.imagingutility.tck;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;

/** Keeps images in memory, under references that begin with {@code memory:}. Safe for use by several threads. */
public final class MemoryImageStore implements ImageStore {
    private static final String PREFIX = "memory:";

    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, byte[]> unfinished = new ConcurrentHashMap<>();
    private final boolean seekable;
    private final long capacity;

    /** Creates an empty store of files that seek. */
    public MemoryImageStore() {
        this(true, 1L << 30);
    }

    /**
     * Creates an empty store.
     *
     * @param seekable whether new files seek
     * @param capacity the most bytes a new file holds
     */
    public MemoryImageStore(boolean seekable, long capacity) {
        this.seekable = seekable;
        this.capacity = capacity;
    }

    /** Puts an image under {@code reference}, or in place of the one that is there. */
    public void put(String reference, byte[] content) {
        images.put(reference, content.clone());
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith(PREFIX);
    }

    @Override
    public MemoryImageFile create(String reference, CreateOptions options) throws TargetException {
        if (!options.overwrite() && (images.containsKey(reference) || unfinished.containsKey(reference))) {
            throw exists(reference);
        }
        unfinished.remove(reference);
        return newFile(reference);
    }

    @Override
    public Optional<ImageFile> reopen(String reference, CreateOptions options) throws TargetException {
        byte[] content = unfinished.get(reference);
        if (content == null) {
            content = images.get(reference);
        } else if (!options.overwrite() && images.containsKey(reference)) {
            throw exists(reference);
        }
        if (content == null) {
            return Optional.empty();
        }
        MemoryImageFile file = newFile(reference);
        file.fill(content);
        return Optional.of(file);
    }

    private MemoryImageFile newFile(String reference) {
        AtomicReference<MemoryImageFile> self = new AtomicReference<>();
        MemoryImageFile file = new MemoryImageFile(reference, seekable, capacity, () -> {
            images.put(reference, self.get().content());
            unfinished.remove(reference);
        }, () -> unfinished.put(reference, self.get().content()));
        self.set(file);
        return file;
    }

    private static TargetException exists(String reference) {
        return new TargetException(reference, -1, "exists already", null, null);
    }

    @Override
    public ImageFile open(String reference) throws ImageReadException {
        byte[] content = images.get(reference);
        if (content == null) {
            throw new ImageReadException(reference, -1, "there is none", null);
        }
        return MemoryImageFile.of(content);
    }
}
