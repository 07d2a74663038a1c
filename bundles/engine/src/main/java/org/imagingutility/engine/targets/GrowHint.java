package org.imagingutility.engine.targets;

import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.container.ImageSpec;

/** How the file system on a target that is larger than the device gets the rest of it. */
public final class GrowHint {
    private GrowHint() {
    }

    /**
     * Returns a sentence for the user; empty if the target is as long as what was restored.
     *
     * @param length bytes that were restored: the device of the image, or a partition of it
     */
    public static Optional<String> of(ImageSpec spec, long length, String target, long targetLength) {
        long rest = targetLength - length;
        if (rest <= 0) {
            return Optional.empty();
        }
        boolean whole = length == spec.deviceLength();
        String name = whole ? spec.metadata().text("fileSystem.name").orElse("") : "";
        return Optional.of("\"" + target + "\" is " + rest + " bytes larger than the " + (whole ? "device of the image" : "partition") + "; what was restored keeps"
                + " its size" + way(name.toLowerCase(Locale.ROOT)));
    }

    /** The name is as allocators give it. */
    private static String way(String name) {
        if (name.startsWith("ext")) {
            return ". To grow the file system: e2fsck -f and then resize2fs on it, unmounted";
        }
        if (name.startsWith("ntfs")) {
            return ". To grow the file system: ntfsresize on it, unmounted (on Windows: extend in diskpart)";
        }
        if (name.startsWith("xfs")) {
            return ". To grow the file system: mount it, then xfs_growfs on its mount point";
        }
        if (name.startsWith("btrfs")) {
            return ". To grow the file system: mount it, then btrfs filesystem resize max on its mount point";
        }
        if (name.startsWith("gpt disk") || name.startsWith("hybrid disk")) {
            return ". The backup of its partition table belongs at the end of the disk: sgdisk --move-second-header on it";
        }
        if (name.startsWith("fat")) {
            return ". To grow the file system: fatresize on it, unmounted";
        }
        if (name.startsWith("exfat")) {
            return ". No common tool grows exFAT: make a new file system and copy the files, to use the rest";
        }
        return "";
    }
}
