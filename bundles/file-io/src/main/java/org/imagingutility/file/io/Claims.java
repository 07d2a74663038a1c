package org.imagingutility.file.io;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.error.TargetException;

/**
 * Names that the jobs of one plug-in write. The lock of the operating system keeps other processes out; within a process it
 * cannot be tried safely, because closing any channel of a file gives up all its locks (POSIX). For several threads at once.
 */
public final class Claims {
    private final Set<Path> paths = ConcurrentHashMap.newKeySet();

    /** Creates claims of nothing. */
    public Claims() {
    }

    /** Takes a name, or says that another job has it. */
    public void take(String reference, Path path) throws TargetException {
        if (!paths.add(path)) {
            throw LockedFile.busy(reference, path);
        }
    }

    /** Gives a name up. */
    public void giveUp(Path path) {
        paths.remove(path);
    }

    /** Says whether a job has the name. */
    public boolean contains(Path path) {
        return paths.contains(path);
    }
}
