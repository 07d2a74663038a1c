package org.imagingutility.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;

/**
 * What the verification of a backup set found.
 *
 * @param manifest the manifest
 * @param items what was found of each file the manifest names, in its order
 * @param notes what the user should know although it is no damage, one sentence each
 * @param elapsed wall time
 * @param setDigest SHA-256 of the manifest file as it was read, empty if unknown
 */
public record VerifySetResult(BackupManifest manifest, List<Item> items, List<String> notes, Duration elapsed, Optional<Digest> setDigest) {

    /** Copies the lists. */
    public VerifySetResult {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(setDigest, "setDigest");
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }

    /** Creates a result without the digest of the set. */
    public VerifySetResult(BackupManifest manifest, List<Item> items, List<String> notes, Duration elapsed) {
        this(manifest, items, notes, elapsed, Optional.empty());
    }

    /** Says whether there is a file whose content nothing could be compared with. */
    public boolean unproven() {
        return items.stream().anyMatch(item -> item.verdict() == Verdict.UNPROVEN);
    }

    /** Says whether no file is damaged or missing. */
    public boolean intact() {
        return items.stream().noneMatch(item -> item.verdict() == Verdict.DAMAGED || item.verdict() == Verdict.MISSING);
    }

    /** What became of a file. */
    public enum Verdict {
        /** It is as it was made. */
        INTACT,
        /** It is damaged, or another file than the one the manifest is about. */
        DAMAGED,
        /** It is not there. */
        MISSING,
        /** It is there and has the right length; nothing else says how its content was. */
        UNPROVEN
    }

    /**
     * One file of the set.
     *
     * @param file its name in the folder
     * @param content what of the disk it holds: {@code partition 2}, {@code outside the partitions}
     * @param verdict what became of it
     * @param detail what was checked, or what is wrong
     * @param image what the verification of an image found, if it is one that can be opened
     */
    public record Item(String file, String content, Verdict verdict, String detail, Optional<VerifyResult> image) {

        /** Checks that nothing is null. */
        public Item {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(image, "image");
        }
    }
}
