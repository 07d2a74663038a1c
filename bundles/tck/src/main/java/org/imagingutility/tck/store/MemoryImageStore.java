package org.imagingutility.tck.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;

/**
 * Keeps images in memory, under references that begin with {@code memory:}; unfinished ones as well, if its files seek. Safe
 * for use by several threads.
 */
public final class MemoryImageStore implements ImageStore {
    private static final String PREFIX = "memory:";

    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, byte[]> unfinished = new ConcurrentHashMap<>();
    private final Set<String> writing = ConcurrentHashMap.newKeySet();
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
        claim(reference);
        if (!options.overwrite() && (images.containsKey(reference) || unfinished.containsKey(reference))) {
            writing.remove(reference);
            throw exists(reference);
        }
        unfinished.remove(reference);
        return newFile(reference, false);
    }

    @Override
    public Optional<ImageFile> reopen(String reference, CreateOptions options) throws TargetException {
        claim(reference);
        byte[] left = unfinished.get(reference);
        byte[] finished = images.get(reference);
        if (left == null && finished == null) {
            writing.remove(reference);
            return Optional.empty();
        }
        if (left != null && finished != null && !options.overwrite()) {
            writing.remove(reference);
            throw exists(reference);
        }
        MemoryImageFile file = newFile(reference, left == null);
        file.fill(left == null ? finished : left);
        return Optional.of(file);
    }

    private void claim(String reference) throws TargetException {
        if (!writing.add(reference)) {
            throw new TargetException(reference, -1, "another job is writing it", null, null);
        }
    }

    private MemoryImageFile newFile(String reference, boolean inPlace) {
        return new MemoryImageFile(reference, seekable, capacity, (file, end) -> {
            switch (end) {
                case PUBLISHED -> {
                    images.put(reference, file.content());
                    unfinished.remove(reference);
                }
                case LEFT -> {
                    if (inPlace) {
                        images.put(reference, file.content());
                    } else if (seekable) {
                        unfinished.put(reference, file.content());
                    }
                }
                case DISCARDED -> unfinished.remove(reference);
            }
            writing.remove(reference);
        });
    }

    private static TargetException exists(String reference) {
        return new TargetException(reference, -1, "exists already, finished or not", null, null);
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
