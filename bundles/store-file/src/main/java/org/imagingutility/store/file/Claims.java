package org.imagingutility.store.file;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.error.TargetException;

/**
 * Names that jobs of this store write. The lock of the operating system keeps other processes out; within a process it
 * cannot be tried safely, because closing any channel of a file gives up all its locks (POSIX). For several threads at once.
 */
final class Claims {
    private final Set<Path> paths = ConcurrentHashMap.newKeySet();

    /** Takes a name, or says that another job has it. */
    void take(String reference, Path path) throws TargetException {
        if (!paths.add(path)) {
            throw LockedFile.busy(reference, path);
        }
    }

    void giveUp(Path path) {
        paths.remove(path);
    }

    boolean contains(Path path) {
        return paths.contains(path);
    }
}
