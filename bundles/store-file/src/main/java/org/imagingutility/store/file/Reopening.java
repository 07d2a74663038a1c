package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Directories;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.LockedFile;
import org.imagingutility.file.io.Ownership;
import org.imagingutility.file.io.PartialFiles;
import org.imagingutility.file.io.PublishedName;

/** Finds and opens what a job left behind, to resume it. */
final class Reopening {
    private final String reference;
    private final ImagePlace place;
    private final boolean overwrite;
    private final Claims claims;
    private final Set<OpenOption> options;

    /**
     * Prepares to open what stands at a place.
     *
     * @param reference name of the target for messages
     * @param overwrite whether an unfinished image may replace a finished one when it is published
     * @param claims names that jobs of this process write
     * @param options how it is opened, besides being read and written
     */
    Reopening(String reference, ImagePlace place, boolean overwrite, Claims claims, Set<OpenOption> options) {
        this.reference = reference;
        this.place = place;
        this.overwrite = overwrite;
        this.claims = claims;
        this.options = new HashSet<>(options);
        this.options.addAll(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Returns the unfinished image; the one that has the name, if there is no unfinished one; or nothing. */
    Optional<TargetFile> open() throws ImagingException {
        Path partial = place.partial();
        claims.take(reference, partial);
        Optional<TargetFile> opened = Optional.empty();
        try {
            opened = openClaimed(partial);
            return opened;
        } catch (IOException e) {
            throw IoErrors.reopening(reference, e);
        } finally {
            if (opened.isEmpty()) {
                claims.giveUp(partial);
            }
        }
    }

    private Optional<TargetFile> openClaimed(Path partial) throws IOException, ImagingException {
        Optional<FileIdentity> left = identity(partial);
        if (left.isPresent()) {
            Optional<BasicFileAttributes> found = ImagePlace.attributes(partial, LinkOption.NOFOLLOW_LINKS);
            if (found.isPresent()) {
                PartialFiles.refuseIrregular(reference, partial, found.get());
            }
            // a job was stopped between giving the image its name and taking the first one away
            boolean sameFile = place.taken() && Files.isSameFile(partial, place.path());
            if (!sameFile) {
                LockedFile file = LockedFile.open(reference, partial, options);
                if (mayGoOn(file, left.get())) {
                    return Optional.of(new PartialFile(place, file, overwrite || emptyPlace(), claims));
                }
            }
        }
        return place.taken() ? Optional.of(openNamed(partial, left)) : Optional.empty();
    }

    /** Returns false, the file being closed, if nothing is in it; closes it as well when it fails. */
    private boolean mayGoOn(LockedFile file, FileIdentity found) throws IOException, TargetException {
        boolean goOn = false;
        try {
            if (!file.identity().equals(found)) {
                throw LockedFile.busy(reference, place.partial());
            }
            if (file.channel().size() > 0) {
                Ownership.require(reference, file, place.partial(), true);
            }
            if (file.channel().size() > 0 && place.taken() && !overwrite && !emptyPlace()) {
                throw new TargetException(reference, -1, "a finished image and an unfinished one (\"" + place.partial()
                        + "\") stand there", "resume the unfinished one and replace the other (--resume --force), or rename one",
                        null);
            }
            goOn = file.channel().size() > 0;
            return goOn;
        } finally {
            if (!goOn) {
                file.channel().close();
            }
        }
    }

    /** Returns what stands under {@code path}, a link being one itself; empty if nothing does. */
    private static Optional<FileIdentity> identity(Path path) throws IOException {
        try {
            return Optional.of(FileIdentity.of(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Says whether a file without a byte has the name: no image, but what a job that was stopped while publishing may leave. */
    private boolean emptyPlace() throws IOException {
        return place.taken() && Files.size(place.path()) == 0;
    }

    private TargetFile openNamed(Path partial, Optional<FileIdentity> left) throws IOException, ImagingException {
        claims.take(reference, place.path());
        LockedFile file = null;
        try {
            file = LockedFile.open(reference, place.path(), options);
            Ownership.require(reference, file, place.path(), false);
            // A job that replaces this image takes the partial name first and looks for our lock then.
            Optional<FileIdentity> now = identity(partial);
            if (now.isPresent() && !now.equals(left)) {
                throw LockedFile.busy(reference, partial);
            }
            if (now.equals(Optional.of(file.identity()))) {
                Directories.force(partial.getParent());
                PublishedName.remove(file, partial);
            }
            return new NamedFile(place, file, claims);
        } catch (IOException | ImagingException | RuntimeException | Error e) {
            try {
                if (file != null) {
                    file.channel().close();
                }
            } finally {
                claims.giveUp(place.path());
            }
            throw e;
        }
    }
}
