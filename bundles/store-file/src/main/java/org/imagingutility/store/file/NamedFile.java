package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An image that is gone on with under its final name: one that was renamed or copied, or one that was finished. It was there
 * before its job and is never removed.
 */
final class NamedFile implements Draft {
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
