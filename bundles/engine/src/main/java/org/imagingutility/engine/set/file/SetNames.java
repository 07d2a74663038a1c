package org.imagingutility.engine.set.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.engine.layout.SourcePart;

/**
 * The names of the files of a set, as the C# tool has them.
 *
 * @param disk "disk" and its number, or "disk" alone for one that was not named by a number
 */
public record SetNames(String disk) {
    private static final String REMEDY = "check that this is the manifest of a backup set, unchanged";

    public static SetNames of(OptionalInt diskNumber) {
        return new SetNames("disk" + (diskNumber.isPresent() ? Integer.toString(diskNumber.getAsInt()) : ""));
    }

    /** Returns the name of the file with the beginning of the disk. */
    public String tableDump() {
        return disk + "-pt.bin";
    }

    /** Returns the name of the file with all else outside the partitions. */
    public String outside() {
        return disk + "-outside.bin";
    }

    /** Returns the name of the image of what is kept outside the partitions where that is much. */
    public String unpartitioned() {
        return disk + "-unpartitioned.skzimg";
    }

    /** Returns the name of the image of a part. */
    public String image(SourcePart part) {
        return part.index() == SourcePart.UNPARTITIONED ? unpartitioned() : image(part.index());
    }

    public static String image(int index) {
        return String.format(Locale.ROOT, "part%02d.skzimg", index);
    }

    public static String rawDump(int index) {
        return String.format(Locale.ROOT, "part%02d-raw.bin", index);
    }

    /**
     * Fails unless each file that a manifest names can only be one in its own folder, and each the file of one thing.
     *
     * @param reference name of the manifest for messages
     * @param own name of the manifest in the folder
     */
    static void check(String reference, String own, BackupManifest manifest) throws ImageFormatException {
        Set<String> artefacts = new HashSet<>(Set.of(own.toLowerCase(Locale.ROOT)));
        List<SetArtefact> named = new ArrayList<>();
        manifest.partitions().forEach(partition -> partition.artefact().ifPresent(named::add));
        manifest.piecesImage().ifPresent(named::add);
        for (SetArtefact artefact : named) {
            requireName(reference, artefact.file());
            // names that differ in case only are the same one on some file systems
            if (!artefacts.add(artefact.file().toLowerCase(Locale.ROOT))) {
                throw twice(reference, artefact.file());
            }
        }
        for (SetPiece piece : manifest.pieces()) {
            requireName(reference, piece.file());
            if (!manifest.isInImage(piece) && artefacts.contains(piece.file().toLowerCase(Locale.ROOT))) {
                throw twice(reference, piece.file());
            }
        }
    }

    private static ImageFormatException twice(String reference, String file) {
        return new ImageFormatException(reference, -1, "names \"" + file + "\" for two things, or names that differ in case"
                + " only, or the manifest itself", REMEDY);
    }

    private static void requireName(String reference, String file) throws ImageFormatException {
        boolean plain;
        try {
            Path path = FilePaths.of(file);
            plain = !path.isAbsolute() && path.getNameCount() == 1 && path.getFileName() != null
                    && path.toString().equals(file) && !file.isBlank() && !file.equals(".") && !file.equals("..");
        } catch (InvalidPathException e) {
            throw new ImageFormatException(reference, -1, "names a file \"" + file + "\", which no file here can be called: "
                    + e.getReason(), REMEDY);
        }
        if (!plain) {
            throw new ImageFormatException(reference, -1, "names a file \"" + file + "\", which is not the name of one in the"
                    + " folder of the set", REMEDY);
        }
    }
}
