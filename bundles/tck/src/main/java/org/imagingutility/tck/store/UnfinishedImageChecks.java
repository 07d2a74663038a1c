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
import org.imagingutility.tck.Content;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;

/** What stores keep of images that were started and not published; part of {@link ImageStoreContract}. */
final class UnfinishedImageChecks {
    private static final CreateOptions NEW = StoreTrial.NEW;
    private static final CreateOptions REPLACE = StoreTrial.REPLACE;

    private final ImageStoreContract.Fixture fixture;
    private final StoreTrial trial;

    UnfinishedImageChecks(ImageStoreContract.Fixture fixture, StoreTrial trial) {
        this.fixture = fixture;
        this.trial = trial;
    }

    List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>(List.of(
                new ContractCheck("an unpublished image does not open", this::doesNotOpen),
                new ContractCheck("an unpublished replacement leaves the old image", this::leavesTheOldOne),
                new ContractCheck("an image given up leaves nothing", this::discarded),
                new ContractCheck("a replacement given up leaves the old image", this::discardedReplacement),
                new ContractCheck("nothing to resume is no error", this::nothing)));
        if (!fixture.reopens()) {
            checks.add(new ContractCheck("says that it cannot continue", this::doesNotReopen));
            return checks;
        }
        checks.addAll(List.of(
                new ContractCheck("an unpublished image is resumed", this::goesOn),
                new ContractCheck("opening an unpublished image changes nothing", this::opensUnchanged),
                new ContractCheck("an unpublished image is not replaced unasked", this::refusesUnfinished),
                new ContractCheck("a published image is resumed in its place", this::goesOnInPlace),
                new ContractCheck("an unpublished image replaces a published one only if asked to", this::both),
                new ContractCheck("an unpublished image that is given up later leaves nothing", this::discardedLater),
                new ContractCheck("one job at a time writes an image", this::oneAtATime)));
        return checks;
    }

    private ImageFile reopen(String reference, CreateOptions options) throws ImagingException {
        Optional<ImageFile> file = fixture.store().reopen(reference, options);
        Expect.that(file.isPresent(), "reopen does not find '%s'", reference);
        return file.get();
    }

    private void expectMissing(String reference, String what) {
        Expect.fails(ImageReadException.class, "open of " + what, () -> fixture.store().open(reference).close());
    }

    private void doesNotOpen() throws ImagingException {
        String reference = trial.leave(fixture.newReference(), new byte[1000], NEW);
        expectMissing(reference, "what was not published");
        trial.publish(reference, new byte[10], REPLACE);
        trial.expectContent(reference, new byte[10], "image started over");
    }

    private void leavesTheOldOne() throws ImagingException {
        byte[] old = Content.random(2000, 5);
        String reference = trial.publish(fixture.newReference(), old, NEW);
        trial.leave(reference, Content.random(5000, 6), REPLACE);
        trial.expectContent(reference, old, "image whose replacement was not published");
    }

    private void discarded() throws ImagingException {
        String reference = fixture.newReference();
        ImageFile file = fixture.store().create(reference, NEW);
        StoreTrial.write(file, new byte[1000]);
        file.discard();
        file.close();
        Expect.failsSomehow("a write to what was given up", () -> file.write(1000, ByteBuffer.allocate(1)));
        expectGone(reference);
    }

    private void expectGone(String reference) throws ImagingException {
        expectMissing(reference, "what was given up");
        Expect.equal(Optional.empty(), fixture.store().reopen(reference, NEW), "what is found of an image given up");
        trial.publish(reference, new byte[10], NEW);
        trial.expectContent(reference, new byte[10], "image started over");
    }

    private void discardedReplacement() throws ImagingException {
        byte[] old = Content.random(2000, 7);
        String reference = trial.publish(fixture.newReference(), old, NEW);
        try (ImageFile file = fixture.store().create(reference, REPLACE)) {
            StoreTrial.write(file, new byte[5000]);
            file.discard();
        }
        trial.expectContent(reference, old, "image whose replacement was given up");
    }

    private void nothing() throws ImagingException {
        Expect.equal(Optional.empty(), fixture.store().reopen(fixture.newReference(), NEW), "what is found of nothing");
    }

    private void doesNotReopen() throws ImagingException {
        String reference = trial.leave(fixture.newReference(), new byte[1000], NEW);
        Expect.equal(Optional.empty(), fixture.store().reopen(reference, NEW), "what is found by a store that cannot continue");
    }

    private void goesOn() throws ImagingException {
        byte[] content = Content.random(100_000, 8);
        String reference = trial.leave(fixture.newReference(), Arrays.copyOf(content, 70_000), NEW);
        for (boolean writeThrough : List.of(false, true)) {
            try (ImageFile file = reopen(reference, new CreateOptions(false, writeThrough))) {
                Expect.equal(reference, file.reference(), "reference of a reopened file");
                StoreTrial.expectContent(file, Arrays.copyOf(content, 70_000), "unpublished image");
                file.truncate(50_000);
                StoreTrial.append(file, 50_000, Arrays.copyOfRange(content, 50_000, 70_000));
                file.force();
            }
            expectMissing(reference, "what was resumed and not published");
        }
        try (ImageFile file = reopen(reference, NEW)) {
            StoreTrial.append(file, 70_000, Arrays.copyOfRange(content, 70_000, content.length));
            file.publish();
        }
        trial.expectContent(reference, content, "image that was written in two goes");
        trial.publish(reference, content, REPLACE);
    }

    private void opensUnchanged() throws ImagingException {
        byte[] content = Content.random(5000, 9);
        String reference = trial.leave(fixture.newReference(), content, NEW);
        for (int i = 0; i < 3; i++) {
            try (ImageFile file = reopen(reference, NEW)) {
                StoreTrial.expectContent(file, content, "unpublished image opened again");
            }
            expectMissing(reference, "what was only opened again");
        }
    }

    private void refusesUnfinished() throws ImagingException {
        byte[] content = Content.random(5000, 10);
        String reference = trial.leave(fixture.newReference(), content, NEW);
        Expect.fails(TargetException.class, "create where an unfinished image stands",
                () -> fixture.store().create(reference, NEW).close());
        try (ImageFile file = reopen(reference, NEW)) {
            StoreTrial.expectContent(file, content, "unfinished image that was not to be replaced");
        }
        trial.publish(reference, new byte[10], REPLACE);
        trial.expectContent(reference, new byte[10], "image that replaced an unfinished one");
    }

    private void goesOnInPlace() throws ImagingException {
        byte[] content = Content.random(6000, 11);
        String reference = trial.publish(fixture.newReference(), Arrays.copyOf(content, 5000), NEW);
        try (ImageFile file = reopen(reference, NEW)) {
            StoreTrial.expectContent(file, Arrays.copyOf(content, 5000), "published image opened to continue");
        }
        trial.expectContent(reference, Arrays.copyOf(content, 5000), "published image that was opened to continue");
        try (ImageFile file = reopen(reference, NEW)) {
            StoreTrial.append(file, 5000, Arrays.copyOfRange(content, 5000, 6000));
            file.publish();
            trial.expectContent(reference, content, "image that was resumed in its place");
        }
        trial.expectContent(reference, content, "image that was resumed in its place");
    }

    private void both() throws ImagingException {
        byte[] old = Content.random(2000, 12);
        byte[] fresh = Content.random(3000, 13);
        String reference = trial.publish(fixture.newReference(), old, NEW);
        trial.leave(reference, fresh, REPLACE);
        Expect.fails(TargetException.class, "reopen of an unfinished image beside a finished one",
                () -> fixture.store().reopen(reference, NEW).orElseThrow().close());
        try (ImageFile file = reopen(reference, REPLACE)) {
            StoreTrial.expectContent(file, fresh, "unfinished image beside a finished one");
            trial.expectContent(reference, old, "finished image beside an unfinished one");
            file.publish();
        }
        trial.expectContent(reference, fresh, "image that replaced a finished one");
    }

    private void discardedLater() throws ImagingException {
        String reference = trial.leave(fixture.newReference(), new byte[1000], NEW);
        try (ImageFile file = reopen(reference, NEW)) {
            file.discard();
        }
        expectGone(reference);
    }

    private void oneAtATime() throws ImagingException {
        String reference = fixture.newReference();
        try (ImageFile file = fixture.store().create(reference, NEW)) {
            StoreTrial.write(file, new byte[1000]);
            expectBusy(reference, "an image being written");
        }
        try (ImageFile file = reopen(reference, NEW)) {
            expectBusy(reference, "an unfinished image being resumed");
            file.publish();
        }
        try (ImageFile file = reopen(reference, NEW)) {
            expectBusy(reference, "a published image being resumed");
            StoreTrial.expectContent(file, new byte[1000], "image that others tried to write");
        }
        reopen(reference, REPLACE).close();
        trial.publish(reference, new byte[10], REPLACE);
    }

    private void expectBusy(String reference, String what) {
        for (CreateOptions options : List.of(NEW, REPLACE)) {
            Expect.fails(TargetException.class, "reopen of " + what,
                    () -> fixture.store().reopen(reference, options).orElseThrow().close());
            Expect.fails(TargetException.class, "create in place of " + what,
                    () -> fixture.store().create(reference, options).close());
        }
    }
}
