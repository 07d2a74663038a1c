package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Directories;
import org.imagingutility.file.io.LockedFile;
import org.imagingutility.file.io.PublishedName;

/**
 * An image that is resumed under its final name: one that was renamed or copied, or one that was finished. It was there
 * before its job and is never removed.
 */
final class NamedFile implements TargetFile {
    private static final Set<OpenOption> IN_PLACE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final ImagePlace place;
    private final LockedFile file;
    private final Claims claims;
    private boolean claimed = true;

    /** {@code claims} has taken the name and the partial name; they are given up when the file is published or closed. */
    NamedFile(ImagePlace place, LockedFile file, Claims claims) {
        this.place = place;
        this.file = file;
        this.claims = claims;
    }

    /** Opens an image to be changed where it stands. */
    static NamedFile open(String reference, ImagePlace place, Claims claims) throws ImagingException {
        claims.take(reference, place.path());
        NamedFile opened = null;
        try {
            claims.take(reference, place.partial());
            try {
                opened = new NamedFile(place, LockedFile.open(reference, place.path(), IN_PLACE), claims);
                return opened;
            } catch (IOException e) {
                throw IoErrors.reopening(reference, e);
            } finally {
                if (opened == null) {
                    claims.giveUp(place.partial());
                }
            }
        } finally {
            if (opened == null) {
                claims.giveUp(place.path());
            }
        }
    }

    @Override
    public LockedFile file() {
        return file;
    }

    @Override
    public Path path() {
        return place.path();
    }

    @Override
    public void publish() throws IOException {
        PublishedName.require(file, place.path());
        Directories.force(place.path().getParent());
        file.lock().release();
        giveUpClaims();
    }

    @Override
    public void discard() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        try {
            file.channel().close();
        } finally {
            giveUpClaims();
        }
    }

    private void giveUpClaims() {
        if (claimed) {
            claimed = false;
            claims.giveUp(place.path());
            claims.giveUp(place.partial());
        }
    }
}
