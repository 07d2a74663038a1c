package org.imagingutility.engine.targets;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.engine.source.PartitionReference;

/** Refuses jobs whose source and target are one and the same file or device. */
public final class SelfOverwriteCheck {
    private SelfOverwriteCheck() {
    }

    /**
     * Fails if both names lead to the same place; names that are no paths are compared as text.
     * A partition of a disk image is part of that image, so the image is compared as well.
     */
    public static void refuse(String source, String target) throws UsageException {
        if (source.equals(target) || isSameFile(source, target)) {
            throw new UsageException("source and target are the same: \"" + source + "\" and \"" + target + "\"",
                    "choose another target");
        }
        Optional<PartitionReference> partition = PartitionReference.of(source);
        if (partition.isPresent()) {
            refuse(partition.get().disk(), target);
        }
    }

    /** Fails if the target of a restore would name a partition of a disk image: nothing writes into these. */
    public static void refusePartition(String target) throws UsageException {
        Optional<PartitionReference> partition = PartitionReference.of(target);
        if (partition.isPresent() && ExistingFiles.isThere(partition.get().disk())) {
            throw new UsageException("\"" + target + "\" is partition " + partition.get().number() + " of \""
                    + partition.get().disk() + "\": partitions of disk images can be read, but not restored to",
                    File.separatorChar == '/' ? "restore to a block device; a disk image becomes one with: losetup --partscan --find --show"
                            : "restore to a volume");
        }
    }

    /** Says whether both names lead to the same file or device. */
    public static boolean isSame(String first, String second) {
        return first.equals(second) || isSameFile(first, second);
    }

    private static boolean isSameFile(String source, String target) {
        try {
            Path first = FilePaths.of(source);
            Path second = FilePaths.of(target);
            return Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
        } catch (InvalidPathException | IOException e) {
            // not both paths that can be looked at: opening them will say what is wrong
            return false;
        }
    }
}
