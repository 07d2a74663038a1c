package org.imagingutility.tck.store;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.check.Expect;

/** What checks do with a store. */
record StoreTrial(ImageStore store) {
    static final CreateOptions NEW = new CreateOptions(false, false);
    static final CreateOptions REPLACE = new CreateOptions(true, false);

    /** Writes in pieces of uneven length, as a container does. */
    static void write(ImageFile file, byte[] content) throws ImagingException {
        append(file, 0, content);
    }

    /** Writes at {@code begin}, where the file ends. */
    static void append(ImageFile file, long begin, byte[] content) throws ImagingException {
        int offset = 0;
        for (int piece = 1; offset < content.length; piece = piece * 3 + 1) {
            int length = Math.min(piece, content.length - offset);
            ByteBuffer source = ByteBuffer.allocateDirect(length).put(content, offset, length).flip();
            file.write(begin + offset, source);
            Expect.equal(0, source.remaining(), "bytes that were not written");
            offset += length;
            Expect.equal(begin + offset, file.length(), "length after writing to " + (begin + offset));
        }
    }

    String publish(String reference, byte[] content, CreateOptions options) throws ImagingException {
        try (ImageFile file = store.create(reference, options)) {
            write(file, content);
            file.force();
            file.publish();
        }
        return reference;
    }

    /** Begins an image, writes {@code content} and closes it. */
    String leave(String reference, byte[] content, CreateOptions options) throws ImagingException {
        try (ImageFile file = store.create(reference, options)) {
            write(file, content);
        }
        return reference;
    }

    void expectContent(String reference, byte[] expected, String what) throws ImagingException {
        try (ImageFile file = store.open(reference)) {
            expectContent(file, expected, what);
        }
    }

    static void expectContent(ImageFile file, byte[] expected, String what) throws ImagingException {
        Expect.equal((long) expected.length, file.length(), "length of " + what);
        ByteBuffer target = ByteBuffer.allocateDirect(expected.length);
        file.read(0, target);
        Expect.equal(0, target.remaining(), "bytes that were not read");
        Expect.equalBytes(expected, Content.bytes(target.flip()), what);
    }
}
