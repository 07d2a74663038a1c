package org.imagingutility.command.integrity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.text.Json;

/**
 * The file beside an image that says what its last verification found. At most one stands there: those of an earlier
 * verification are removed before the image is read, so none is left when a verification is cancelled or fails.
 */
final class VerifyMarker {
    private static final String FULL = ".VerifiedFull";
    private static final String QUICK = ".VerifiedQuick";
    private static final String BAD = ".BadImage";

    private final Path image;

    private VerifyMarker(Path image) {
        this.image = image;
    }

    /**
     * Removes what an earlier verification of {@code image} left.
     *
     * @throws UsageException if the image is no file
     * @throws TargetException if its folder cannot be written to
     */
    static VerifyMarker begin(String image) throws ImagingException {
        VerifyMarker marker;
        try {
            marker = new VerifyMarker(FilePaths.of(image).toAbsolutePath());
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + image + "\" is no file: a marker cannot stand beside it", "leave --markers out");
        }
        if (!Files.isRegularFile(marker.image)) {
            throw new UsageException("there is no file \"" + image + "\" that a marker could stand beside",
                    "check the name");
        }
        if (!Files.isWritable(marker.image.getParent())) {
            throw new TargetException(marker.image.getParent().toString(), -1, "cannot be written to: there is no place for "
                    + "a marker", "leave --markers out, or change the folder's rights", null);
        }
        marker.removeAllBut("");
        return marker;
    }

    /** Leaves the marker for {@code result}. */
    void found(VerifyResult result) throws TargetException {
        String ending = !result.intact() ? BAD : result.coverage().complete() ? FULL : QUICK;
        write(ending, node -> ResultJson.write(node, result));
    }

    /** Leaves the marker of an image that is too damaged to be opened. */
    void damaged(Consumer<Json.Node> content) throws TargetException {
        write(BAD, content);
    }

    private void write(String ending, Consumer<Json.Node> content) throws TargetException {
        Path marker = file(ending);
        try {
            Path draft = Files.createTempFile(image.getParent(), marker.getFileName().toString(), ".tmp");
            try {
                try (PrintStream out = new PrintStream(Files.newOutputStream(draft,
                        StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                    new Json(out).object(content);
                    if (out.checkError()) {
                        throw new IOException("not all of it could be written");
                    }
                }
                Files.move(draft, marker, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new TargetException(marker.toString(), -1, "the marker cannot be written: " + e.getMessage(),
                    "what was found is as reported; free space there, or leave --markers out", e);
        }
        removeAllBut(ending);
    }

    private void removeAllBut(String kept) throws TargetException {
        for (String ending : List.of(FULL, QUICK, BAD)) {
            if (!ending.equals(kept)) {
                try {
                    Files.deleteIfExists(file(ending));
                } catch (IOException e) {
                    throw new TargetException(file(ending).toString(), -1, "the marker of an earlier verification cannot be "
                            + "removed: " + e.getMessage(), "remove it, or leave --markers out", e);
                }
            }
        }
    }

    private Path file(String ending) {
        return image.resolveSibling(image.getFileName() + ending);
    }
}
