package org.imagingutility.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;

/**
 * What every {@link ImageStore} keeps: an image has its name when it is published and not before, nothing is replaced
 * unasked, and what was written is read.
 */
public final class ImageStoreContract implements Contract {
    private static final CreateOptions NEW = new CreateOptions(false, false);
    private static final CreateOptions REPLACE = new CreateOptions(true, false);
    private static final List<Integer> LENGTHS = List.of(1, 511, 512, 513, 4096, 65_537, 1 << 20);

    private final Fixture fixture;

    /** Creates the contract for the store of {@code fixture}. */
    public ImageStoreContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a store. */
    public interface Fixture {

        /** Returns the store, always the same. */
        ImageStore store();

        /** Returns a reference the store accepts, under which nothing stands and an image can be made; each time another. */
        String newReference();

        /** Says whether new files seek. */
        default boolean seekable() {
            return true;
        }
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>(List.of(
                new ContractCheck("has a permanent name and accepts its references", this::identity),
                new ContractCheck("images of every length come back", this::roundTrips),
                new ContractCheck("images written through come back", this::writeThrough),
                new ContractCheck("the name appears when the image is published", this::appears),
                new ContractCheck("an unpublished image vanishes", this::vanishes),
                new ContractCheck("replaces nothing unasked", this::refusesExisting),
                new ContractCheck("replaces when published, if asked to", this::replaces),
                new ContractCheck("an image given up leaves the old one", this::givenUp),
                new ContractCheck("reads buffers of every kind in every place", this::buffers),
                new ContractCheck("a read beyond the end fails with the place", this::beyondTheEnd),
                new ContractCheck("what is missing is a read error", this::missing),
                new ContractCheck("an opened image cannot be changed", this::readOnly),
                new ContractCheck("serves several reading threads", this::readingThreads),
                new ContractCheck("closes twice and is of no use after", this::closed)));
        if (fixture.seekable()) {
            checks.add(new ContractCheck("seeks: writes anywhere, reads back, is cut", this::seeks));
            checks.add(new ContractCheck("serves several writing threads", this::writingThreads));
        } else {
            checks.add(new ContractCheck("says that it does not seek and does not", this::doesNotSeek));
        }
        return List.copyOf(checks);
    }

    private void identity() throws ImagingException {
        Expect.permanentName(fixture.store().name());
        String reference = fixture.newReference();
        Expect.that(fixture.store().accepts(reference), "does not accept '%s'", reference);
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            Expect.equal(reference, file.reference(), "reference of a new file");
            Expect.equal(fixture.seekable(), file.seekable(), "seekable");
            Expect.equal(0L, file.length(), "length of a new file");
        }
    }

    /** Writes in pieces of uneven length, as a container does. */
    private static void write(ImageFile file, byte[] content) throws ImagingException {
        int offset = 0;
        for (int piece = 1; offset < content.length; piece = piece * 3 + 1) {
            int length = Math.min(piece, content.length - offset);
            ByteBuffer source = ByteBuffer.allocateDirect(length).put(content, offset, length).flip();
            file.write(offset, source);
            Expect.equal(0, source.remaining(), "bytes that were not written");
            offset += length;
            Expect.equal((long) offset, file.length(), "length after writing " + offset + " bytes");
        }
    }

    private String publish(String reference, byte[] content, CreateOptions options) throws ImagingException {
        try (ImageFile file = fixture.store().create(reference, options)) {
            write(file, content);
            file.force();
            file.publish();
        }
        return reference;
    }

    private void expectContent(String reference, byte[] expected, String what) throws ImagingException {
        try (ImageFile file = fixture.store().open(reference)) {
            Expect.equal((long) expected.length, file.length(), "length of " + what);
            ByteBuffer target = ByteBuffer.allocateDirect(expected.length);
            file.read(0, target);
            Expect.equal(0, target.remaining(), "bytes that were not read");
            Expect.equalBytes(expected, Content.bytes(target.flip()), what);
        }
    }

    private void roundTrips() throws ImagingException {
        for (int length : LENGTHS) {
            byte[] content = Content.random(length, length);
            expectContent(publish(fixture.newReference(), content, NEW), content, "image of " + length + " bytes");
        }
    }

    private void writeThrough() throws ImagingException {
        byte[] content = Content.random(100_000, 1);
        String reference = publish(fixture.newReference(), content, new CreateOptions(false, true));
        expectContent(reference, content, "image written through");
    }

    private void appears() throws ImagingException {
        String reference = fixture.newReference();
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            write(file, new byte[1000]);
            file.force();
            Expect.fails(ImageReadException.class, "open before publish", () -> fixture.store().open(reference).close());
            file.publish();
            expectContent(reference, new byte[1000], "image just published");
        }
        expectContent(reference, new byte[1000], "published image");
    }

    private void vanishes() throws ImagingException {
        String reference = fixture.newReference();
        ImageFile file = fixture.store().create(reference, NEW);
        write(file, new byte[1000]);
        file.close();
        Expect.fails(ImageReadException.class, "open of what was not published",
                () -> fixture.store().open(reference).close());
        publish(reference, new byte[10], NEW);
        expectContent(reference, new byte[10], "image begun anew");
    }

    private void refusesExisting() throws ImagingException {
        byte[] old = Content.random(2000, 2);
        String reference = publish(fixture.newReference(), old, NEW);
        Expect.fails(TargetException.class, "create where an image stands",
                () -> fixture.store().create(reference, NEW).close());
        expectContent(reference, old, "image that was not to be replaced");
    }

    private void replaces() throws ImagingException {
        byte[] old = Content.random(2000, 3);
        byte[] fresh = Content.random(1000, 4);
        String reference = publish(fixture.newReference(), old, NEW);
        try (ImageFile file = fixture.store().create(reference, REPLACE)) {
            write(file, fresh);
            expectContent(reference, old, "image before its replacement is published");
            file.publish();
        }
        expectContent(reference, fresh, "replacement");
    }

    private void givenUp() throws ImagingException {
        byte[] old = Content.random(2000, 5);
        String reference = publish(fixture.newReference(), old, NEW);
        try (ImageFile file = fixture.store().create(reference, REPLACE)) {
            write(file, Content.random(5000, 6));
        }
        expectContent(reference, old, "image whose replacement was given up");
    }

    private void buffers() throws ImagingException {
        byte[] content = Content.random(10_000, 7);
        String reference = publish(fixture.newReference(), content, NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            for (ByteBuffer target : List.of(ByteBuffer.allocate(3000), ByteBuffer.allocateDirect(3000))) {
                target.position(100).limit(2100);
                file.read(5000, target);
                Expect.equal(2100, target.position(), "position after a read");
                byte[] expected = new byte[3000];
                System.arraycopy(content, 5000, expected, 100, 2000);
                Expect.equalBytes(expected, Content.bytes(target.clear()), "buffer read into from 100 to 2100");
            }
            file.read(content.length, ByteBuffer.allocate(0));
        }
    }

    private void beyondTheEnd() throws ImagingException {
        String reference = publish(fixture.newReference(), new byte[1000], NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            ImageReadException error = Expect.fails(ImageReadException.class, "900+101 of 1000 bytes",
                    () -> file.read(900, ByteBuffer.allocate(101)));
            Expect.equal(1000L, error.offset(), "offset of a read error at the end");
            Expect.fails(ImageReadException.class, "2000+1 of 1000 bytes", () -> file.read(2000, ByteBuffer.allocate(1)));
            Expect.failsSomehow("a negative offset", () -> file.read(-1, ByteBuffer.allocate(1)));
        }
    }

    private void missing() {
        Expect.fails(ImageReadException.class, "open of what is not there",
                () -> fixture.store().open(fixture.newReference()).close());
    }

    private void readOnly() throws ImagingException {
        byte[] content = Content.random(1000, 8);
        String reference = publish(fixture.newReference(), content, NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            try {
                file.write(0, ByteBuffer.allocate(10));
                file.truncate(5);
            } catch (RuntimeException | ImagingException e) {
                Expect.that(e.getMessage() != null, "a refused write says nothing: %s", e);
            }
        }
        expectContent(reference, content, "image after writes to it as an opened one");
    }

    private void readingThreads() throws Exception {
        byte[] content = Content.random(100_000, 9);
        String reference = publish(fixture.newReference(), content, NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            Threads.together(thread -> {
                for (int i = 0; i < 200; i++) {
                    int offset = (thread * 31 + i * 487) % 90_000;
                    ByteBuffer target = ByteBuffer.allocateDirect(10_000);
                    file.read(offset, target);
                    byte[] expected = Arrays.copyOfRange(content, offset, offset + 10_000);
                    Expect.equalBytes(expected, Content.bytes(target.flip()), "read at " + offset);
                }
            });
        }
    }

    private void closed() throws ImagingException {
        String reference = fixture.newReference();
        ImageFile file = fixture.store().create(reference, NEW);
        write(file, new byte[1000]);
        file.publish();
        file.close();
        file.close();
        Expect.failsSomehow("a write after close", () -> file.write(1000, ByteBuffer.allocate(1)));
        ImageFile opened = fixture.store().open(reference);
        opened.close();
        opened.close();
        Expect.failsSomehow("a read after close", () -> opened.read(0, ByteBuffer.allocate(1)));
        expectContent(reference, new byte[1000], "image after misuse of its closed file");
    }

    private void seeks() throws ImagingException {
        String reference = fixture.newReference();
        byte[] expected = new byte[8000];
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            for (int offset : List.of(5000, 0, 2500, 9000, 100)) {
                byte[] piece = Content.random(1500, offset);
                file.write(offset, ByteBuffer.wrap(piece));
                System.arraycopy(piece, 0, expected, Math.min(offset, 6500), offset < 8000 ? 1500 : 0);
                ByteBuffer back = ByteBuffer.allocate(1500);
                file.read(offset, back);
                Expect.equalBytes(piece, back.array(), "read back at " + offset);
            }
            Expect.equal(10_500L, file.length(), "length");
            file.truncate(8000);
            Expect.equal(8000L, file.length(), "length after it was cut");
            file.publish();
        }
        expectContent(reference, expected, "image written in pieces out of order");
    }

    private void writingThreads() throws Exception {
        String reference = fixture.newReference();
        byte[] content = Content.random(Threads.COUNT * 50_000, 10);
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            Threads.together(thread -> {
                for (int i = 0; i < 50; i++) {
                    int offset = (i * Threads.COUNT + thread) * 1000;
                    file.write(offset, ByteBuffer.wrap(content, offset, 1000));
                }
            });
            file.publish();
        }
        expectContent(reference, content, "image written by " + Threads.COUNT + " threads");
    }

    private void doesNotSeek() throws ImagingException {
        try (ImageFile file = fixture.store().create(fixture.newReference(), NEW)) {
            write(file, new byte[1000]);
            Expect.failsSomehow("a write to an earlier offset", () -> file.write(0, ByteBuffer.allocate(1)));
            Expect.failsSomehow("a write that leaves a gap", () -> file.write(1001, ByteBuffer.allocate(1)));
        }
    }
}
