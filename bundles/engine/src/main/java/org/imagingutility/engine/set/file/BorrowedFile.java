package org.imagingutility.engine.set.file;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** An open file that is lent for reading: to close it closes nothing. As many threads as its owner's. */
public record BorrowedFile(ImageFile owned) implements ImageFile {

    @Override
    public String reference() {
        return owned.reference();
    }

    @Override
    public boolean seekable() {
        return owned.seekable();
    }

    @Override
    public long length() throws ImagingException {
        return owned.length();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        owned.read(offset, target);
    }

    @Override
    public boolean bypassCache(boolean bypass) throws ImagingException {
        return owned.bypassCache(bypass);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        throw forReading();
    }

    @Override
    public void truncate(long length) {
        throw forReading();
    }

    @Override
    public void force() {
        throw forReading();
    }

    @Override
    public void publish() {
        throw forReading();
    }

    @Override
    public void discard() {
        throw forReading();
    }

    private IllegalStateException forReading() {
        return new IllegalStateException("\"" + reference() + "\" is lent for reading");
    }

    @Override
    public void close() {
        // its owner closes it
    }
}
