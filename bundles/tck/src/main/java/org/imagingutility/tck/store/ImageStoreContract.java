package org.imagingutility.tck.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link ImageStore} keeps: an image has its name when it is published and not before, nothing is replaced
 * unasked, what was written is read, and what was started and not published is resumed.
 */
public final class ImageStoreContract implements Contract {
    /** What no provider has for a form of its own. */
    private static final String PLAIN_PATH = "folder/a file.raw";
    private static final CreateOptions NEW = StoreTrial.NEW;
    private static final CreateOptions REPLACE = StoreTrial.REPLACE;
    private static final List<Integer> LENGTHS = List.of(1, 511, 512, 513, 4096, 65_537, 1 << 20);

    private final Fixture fixture;
    private final StoreTrial trial;

    /** Creates the contract for the store of {@code fixture}. */
    public ImageStoreContract(Fixture fixture) {
        this.fixture = fixture;
        this.trial = new StoreTrial(fixture.store());
    }

    /** What the contract needs of the one who tests a store. */
    public interface Fixture {

        /** Returns the store, always the same. */
        ImageStore store();

        /** Returns a reference the store accepts, under which nothing stands and an image can be made; each time another. */
        String newReference();

        /** Returns the folder that {@code reference} stands right in, as {@link ImageStore#openWithin} takes it; empty without folders. */
        default Optional<String> folderOf(String reference) {
            return Optional.empty();
        }

        /** Returns a folder that no new reference stands in or below; empty without folders. */
        default Optional<String> otherFolder() {
            return Optional.empty();
        }

        /** Says whether new files seek. */
        default boolean seekable() {
            return true;
        }

        /** Says whether {@link ImageStore#reopen} finds images that were not published. Only a store of files that seek can. */
        default boolean reopens() {
            return seekable();
        }
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>(List.of(
                new ContractCheck("has a permanent name and accepts its references", this::identity),
                new ContractCheck("images of every length come back", this::roundTrips),
                new ContractCheck("images written through come back", this::writeThrough),
                new ContractCheck("the name appears when the image is published", this::appears),
                new ContractCheck("replaces nothing unasked", this::refusesExisting),
                new ContractCheck("replaces when published, if asked to", this::replaces),
                new ContractCheck("reads buffers of every kind in every place", this::buffers),
                new ContractCheck("reads the same past the cache", this::pastTheCache),
                new ContractCheck("a read beyond the end fails with the place", this::beyondTheEnd),
                new ContractCheck("what is missing is a read error", this::missing),
                new ContractCheck("an opened image cannot be changed", this::readOnly),
                new ContractCheck("opens a file within its folder, for several readers, and none outside", this::within),
                new ContractCheck("serves several reading threads", this::readingThreads),
                new ContractCheck("closes twice and is of no use after", this::closed)));
        if (fixture.seekable()) {
            checks.add(new ContractCheck("seeks: writes anywhere, reads back, is cut", this::seeks));
            checks.add(new ContractCheck("serves several writing threads", this::writingThreads));
        } else {
            checks.add(new ContractCheck("says that it does not seek and does not", this::doesNotSeek));
        }
        checks.addAll(new UnfinishedImageChecks(fixture, trial).checks());
        return List.copyOf(checks);
    }

    private void identity() throws ImagingException {
        Expect.permanentName(fixture.store().name());
        String reference = fixture.newReference();
        Expect.that(fixture.store().accepts(reference), "does not accept '%s'", reference);
        Expect.that(fixture.store().acceptsAny() || !fixture.store().accepts(PLAIN_PATH),
                "accepts '%s', so others that know a form of their own would not be asked, and does not say acceptsAny()", PLAIN_PATH);
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            Expect.equal(reference, file.reference(), "reference of a new file");
            Expect.equal(fixture.seekable(), file.seekable(), "seekable");
            Expect.equal(0L, file.length(), "length of a new file");
        }
    }

    private void roundTrips() throws ImagingException {
        for (int length : LENGTHS) {
            byte[] content = Content.random(length, length);
            trial.expectContent(trial.publish(fixture.newReference(), content, NEW), content, "image of " + length + " bytes");
        }
    }

    private void writeThrough() throws ImagingException {
        byte[] content = Content.random(100_000, 1);
        String reference = trial.publish(fixture.newReference(), content, new CreateOptions(false, true));
        trial.expectContent(reference, content, "image written through");
    }

    private void appears() throws ImagingException {
        String reference = fixture.newReference();
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            StoreTrial.write(file, new byte[1000]);
            file.force();
            Expect.fails(ImageReadException.class, "open before publish", () -> fixture.store().open(reference).close());
            file.publish();
            trial.expectContent(reference, new byte[1000], "image just published");
        }
        trial.expectContent(reference, new byte[1000], "published image");
    }

    private void refusesExisting() throws ImagingException {
        byte[] old = Content.random(2000, 2);
        String reference = trial.publish(fixture.newReference(), old, NEW);
        Expect.fails(TargetException.class, "create where an image stands",
                () -> fixture.store().create(reference, NEW).close());
        trial.expectContent(reference, old, "image that was not to be replaced");
    }

    private void replaces() throws ImagingException {
        byte[] old = Content.random(2000, 3);
        byte[] fresh = Content.random(1000, 4);
        String reference = trial.publish(fixture.newReference(), old, NEW);
        try (ImageFile file = fixture.store().create(reference, REPLACE)) {
            StoreTrial.write(file, fresh);
            trial.expectContent(reference, old, "image before its replacement is published");
            file.publish();
        }
        trial.expectContent(reference, fresh, "replacement");
    }

    private void buffers() throws ImagingException {
        byte[] content = Content.random(10_000, 7);
        String reference = trial.publish(fixture.newReference(), content, NEW);
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

    /** Whether the store can do that or not, every byte is there, wherever and whatever for it is asked. */
    private void pastTheCache() throws Exception {
        byte[] content = Content.random(3_000_001, 14);
        String reference = trial.publish(fixture.newReference(), content, NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            boolean bypassed = file.bypassCache(true);
            Expect.equal(bypassed, file.bypassCache(true), "the second answer to the same");
            Threads.together(thread -> {
                for (int offset : List.of(0, 1, 511, 4096, 4097, 1 << 20, (1 << 20) + 8191, 2_999_999, content.length)) {
                    for (int length : List.of(0, 1, 4096, 8192, 100_000 + thread, (1 << 20) + 4096, content.length)) {
                        int end = Math.min(offset + length, content.length);
                        ByteBuffer target = (offset + length & 1) == 0 ? Content.aligned(end - offset)
                                : ByteBuffer.allocate(end - offset);
                        file.read(offset, target);
                        Expect.equalBytes(Arrays.copyOfRange(content, offset, end), Content.bytes(target.flip()),
                                "read past the cache at " + offset);
                    }
                }
            });
            ImageReadException error = Expect.fails(ImageReadException.class, "a read beyond the end past the cache",
                    () -> file.read(content.length - 10, Content.aligned(4096)));
            Expect.equal((long) content.length, error.offset(), "offset of a read error at the end past the cache");
            Expect.equal(false, file.bypassCache(false), "answer to going back to the cache");
            StoreTrial.expectContent(file, content, "image read from the cache again");
        }
    }

    private void beyondTheEnd() throws ImagingException {
        String reference = trial.publish(fixture.newReference(), new byte[1000], NEW);
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

    private void within() throws ImagingException {
        byte[] content = Content.random(1000, 15);
        String reference = trial.publish(fixture.newReference(), content, NEW);
        Optional<String> folder = fixture.folderOf(reference);
        if (folder.isEmpty()) {
            return;
        }
        for (boolean locked : new boolean[] {false, true}) {
            ImageFile first = fixture.store().openWithin(folder.get(), reference, locked);
            try (ImageFile second = fixture.store().openWithin(folder.get(), reference, locked)) {
                try (first) {
                    Expect.equal(reference, first.reference(), "reference of a file opened within its folder");
                    StoreTrial.expectContent(first, content, "file opened within its folder, locked: " + locked);
                }
                StoreTrial.expectContent(second, content, "the same of a second reader, when the first has closed, locked: " + locked);
            }
        }
        Expect.fails(ImageReadException.class, "openWithin of what is not there",
                () -> fixture.store().openWithin(folder.get(), fixture.newReference(), false).close());
        Optional<String> other = fixture.otherFolder();
        if (other.isPresent()) {
            Expect.fails(ImageReadException.class, "openWithin of a file that stands in another folder",
                    () -> fixture.store().openWithin(other.get(), reference, false).close());
        }
        trial.expectContent(reference, content, "image after it was opened within its folder");
    }

    private void readOnly() throws ImagingException {
        byte[] content = Content.random(1000, 8);
        String reference = trial.publish(fixture.newReference(), content, NEW);
        try (ImageFile file = fixture.store().open(reference)) {
            try {
                file.write(0, ByteBuffer.allocate(10));
                file.truncate(5);
            } catch (RuntimeException | ImagingException e) {
                Expect.that(e.getMessage() != null, "a refused write says nothing: %s", e);
            }
        }
        trial.expectContent(reference, content, "image after writes to it as an opened one");
    }

    private void readingThreads() throws Exception {
        byte[] content = Content.random(100_000, 9);
        String reference = trial.publish(fixture.newReference(), content, NEW);
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
        StoreTrial.write(file, new byte[1000]);
        file.publish();
        file.close();
        file.close();
        Expect.failsSomehow("a write after close", () -> file.write(1000, ByteBuffer.allocate(1)));
        ImageFile opened = fixture.store().open(reference);
        opened.close();
        opened.close();
        Expect.failsSomehow("a read after close", () -> opened.read(0, ByteBuffer.allocate(1)));
        trial.expectContent(reference, new byte[1000], "image after misuse of its closed file");
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
        trial.expectContent(reference, expected, "image written in pieces out of order");
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
        trial.expectContent(reference, content, "image written by " + Threads.COUNT + " threads");
    }

    private void doesNotSeek() throws ImagingException {
        try (ImageFile file = fixture.store().create(fixture.newReference(), NEW)) {
            StoreTrial.write(file, new byte[1000]);
            Expect.failsSomehow("a write to an earlier offset", () -> file.write(0, ByteBuffer.allocate(1)));
            Expect.failsSomehow("a write that leaves a gap", () -> file.write(1001, ByteBuffer.allocate(1)));
        }
    }
}
