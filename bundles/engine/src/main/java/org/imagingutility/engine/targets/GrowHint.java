package org.imagingutility.engine.targets;

import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.container.ImageSpec;

/** How the file system on a target that is larger than the device gets the rest of it. */
public final class GrowHint {
    private GrowHint() {
    }

    /** Returns a sentence for the user; empty if the target is as long as the device. */
    public static Optional<String> of(ImageSpec spec, String target, long targetLength) {
        long rest = targetLength - spec.deviceLength();
        if (rest <= 0) {
            return Optional.empty();
        }
        String name = spec.metadata().text("fileSystem.name").orElse("");
        return Optional.of("\"" + target + "\" is " + rest + " bytes larger than the device of the image; what was restored keeps"
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
        if (name.startsWith("fat")) {
            return ". To grow the file system: fatresize on it, unmounted";
        }
        if (name.startsWith("exfat")) {
            return ". No common tool grows exFAT: make a new file system and copy the files, to use the rest";
        }
        return "";
    }
}
