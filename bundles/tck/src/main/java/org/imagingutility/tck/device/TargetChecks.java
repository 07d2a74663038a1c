package org.imagingutility.tck.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/** What targets keep; part of {@link DeviceProviderContract}. */
final class TargetChecks {
    private static final int LENGTH = 16 * 4096;
    private static final TargetOptions ASK = new TargetOptions(LENGTH, 512, false);
    private static final TargetOptions FORCE = new TargetOptions(LENGTH, 512, true);

    private final DeviceProviderContract.Fixture fixture;

    TargetChecks(DeviceProviderContract.Fixture fixture) {
        this.fixture = fixture;
    }

    List<ContractCheck> checks() {
        if (!fixture.writes()) {
            return List.of(new ContractCheck("refuses every target", this::readsOnly));
        }
        ContractCheck existing = new ContractCheck("overwrites a device only by force, and in place", this::existing);
        ContractCheck smaller = new ContractCheck("refuses a smaller target with both numbers", this::smaller);
        ContractCheck oddEnd = new ContractCheck("takes a write that ends where what is written ends", this::oddEnd);
        ContractCheck clears = new ContractCheck("gives back the range that is named, and nothing beside it, or refuses", this::clears);
        return fixture.makesTargets() ? List.of(existing, smaller, oddEnd, clears,
                new ContractCheck("a new target has its name when it is complete", this::appears),
                new ContractCheck("a new target that is not complete vanishes", this::vanishes),
                new ContractCheck("a parked target is resumed, or vanishes like any other", this::parked),
                new ContractCheck("refuses unaligned writes and those outside", this::alignment),
                new ContractCheck("reads the same past the cache", this::pastTheCache),
                new ContractCheck("serves several writing threads", this::threads),
                new ContractCheck("refuses writes after complete and close", this::afterTheEnd))
                : List.of(existing, smaller, oddEnd, clears);
    }

    private void readsOnly() throws Exception {
        byte[] content = Content.random(4096, 7);
        String source = fixture.newSource(content);
        for (String reference : List.of(source, fixture.newReference())) {
            for (boolean force : new boolean[] {false, true}) {
                Expect.fails(TargetException.class, "opening '" + reference + "' to be written",
                        () -> open(reference, new TargetOptions(4096, 512, force)).close());
            }
        }
        try (Device device = fixture.provider().open(source)) {
            Expect.equalBytes(content, DeviceProviderContract.read(device, 0, 4096), "device that was refused as a target");
        }
    }

    private WritableDevice open(String reference, TargetOptions options) throws ImagingException {
        return fixture.provider().openTarget(reference, options);
    }

    private void expectContent(String reference, byte[] expected, String what) throws ImagingException {
        try (Device device = fixture.provider().open(reference)) {
            Expect.equal((long) expected.length, device.length(), "length of " + what);
            Expect.equalBytes(expected, DeviceProviderContract.read(device, 0, expected.length), what);
        }
    }

    private void parked() throws Exception {
        String reference = fixture.newReference();
        byte[] first = Content.random(4096, 5);
        byte[] second = Content.random(4096, 6);
        Optional<String> place;
        try (WritableDevice target = open(reference, ASK)) {
            target.write(0, Content.aligned(first));
            place = target.park();
        }
        Expect.fails(ImagingException.class, "a parked target under its name", () -> fixture.provider().open(reference).close());
        if (place.isEmpty()) {
            return;
        }
        Expect.fails(TargetException.class, "another target that is said to be parked", () -> fixture.provider()
                .reopenTarget(reference, ASK, place.get() + "x").close());
        try (WritableDevice target = fixture.provider().reopenTarget(reference, ASK, place.get())) {
            Expect.equal(true, target.fresh(), "fresh, of a parked target");
            Expect.equalBytes(first, DeviceProviderContract.read(target, 0, 4096), "what was written before parking");
            target.write(8192, Content.aligned(second));
            target.complete();
        }
        byte[] expected = new byte[LENGTH];
        System.arraycopy(first, 0, expected, 0, first.length);
        System.arraycopy(second, 0, expected, 8192, second.length);
        expectContent(reference, expected, "target that was parked once");
    }

    private void existing() throws Exception {
        byte[] content = Content.random(LENGTH + 4096, 1);
        String reference = fixture.newSource(content);
        Expect.fails(TargetException.class, "a target that exists, without force", () -> open(reference, ASK).close());
        expectContent(reference, content, "target that was refused");
        byte[] sector = Content.random(4096, 2);
        try (WritableDevice target = open(reference, FORCE)) {
            Expect.equal(false, target.fresh(), "fresh, of a target that existed");
            target.write(8192, Content.aligned(sector));
            Expect.equalBytes(sector, DeviceProviderContract.read(target, 8192, 4096), "read back from the target");
            target.complete();
        }
        System.arraycopy(sector, 0, content, 8192, 4096);
        expectContent(reference, content, "target written in place");
    }

    /** Whether the target can do that or not. */
    private void clears() throws Exception {
        for (boolean zeros : new boolean[] {true, false}) {
            for (int from : new int[] {0, 4096, 4096 + 512, LENGTH - 4096}) {
                for (int length : new int[] {512, 4096, 3 * 4096, 3 * 4096 + 512}) {
                    clears(from, Math.min(length, LENGTH - from), zeros);
                }
            }
        }
        try (WritableDevice target = open(fixture.newSource(new byte[LENGTH]), FORCE)) {
            int sector = target.sectorSize();
            for (boolean zeros : new boolean[] {true, false}) {
                Expect.equal(0L, target.clear(sector, 0, zeros).bytes(), "bytes given back of none");
                if (target.clear(0, sector, zeros).refusal().isPresent()) {
                    continue;
                }
                clearRefused(target, 1, sector, zeros, "clearing from within a sector");
                clearRefused(target, 0, sector + 1, zeros, "clearing a sector and a byte");
                clearRefused(target, -sector, sector, zeros, "clearing from a negative offset");
                clearRefused(target, 0, -sector, zeros, "clearing a negative length");
                clearRefused(target, LENGTH - sector, 2L * sector, zeros, "clearing across the end");
                clearRefused(target, Long.MAX_VALUE / sector * sector, sector, zeros, "clearing at an offset that overflows");
            }
            target.complete();
            byte[] content = DeviceProviderContract.read(target, 0, sector);
            try {
                target.clear(0, sector, true);
            } catch (RuntimeException | ImagingException e) {
                // as it should; a target that cannot clear at all may say just that
            }
            Expect.equalBytes(content, DeviceProviderContract.read(target, 0, sector), "target cleared after complete");
        }
    }

    private void clears(int from, int length, boolean zeros) throws Exception {
        String what = "clearing " + from + "+" + length + (zeros ? " to zeros" : "");
        byte[] content = Content.random(LENGTH, 11);
        byte[] written = Content.random(4096, 12);
        String reference = fixture.newSource(content);
        Clearing clearing;
        try (WritableDevice target = open(reference, FORCE)) {
            if (from % target.sectorSize() != 0 || length % target.sectorSize() != 0) {
                return;
            }
            target.write(8192, Content.aligned(written));
            System.arraycopy(written, 0, content, 8192, 4096);
            clearing = target.clear(from, length, zeros);
            Expect.that(clearing.bytes() <= length, "%s gave back %d bytes", what, clearing.bytes());
            target.complete();
        }
        try (Device device = fixture.provider().open(reference)) {
            byte[] found = DeviceProviderContract.read(device, 0, LENGTH);
            Expect.equalBytes(Arrays.copyOf(content, from), Arrays.copyOf(found, from), "what lies before, " + what);
            Expect.equalBytes(Arrays.copyOfRange(content, from + length, LENGTH), Arrays.copyOfRange(found, from + length, LENGTH),
                    "what lies behind, " + what);
            if (zeros && clearing.refusal().isEmpty()) {
                Expect.equalBytes(new byte[length], Arrays.copyOfRange(found, from, from + length), what);
            }
        }
    }

    private static void clearRefused(WritableDevice target, long offset, long length, boolean zeros, String what) {
        Expect.fails(IllegalArgumentException.class, what, () -> target.clear(offset, length, zeros));
    }

    private void smaller() throws Exception {
        byte[] content = Content.random(LENGTH - 4096, 3);
        String reference = fixture.newSource(content);
        TargetException error = Expect.fails(TargetException.class, "a target smaller than required",
                () -> open(reference, FORCE).close());
        Expect.that(error.getMessage().contains(Integer.toString(LENGTH))
                        && error.getMessage().contains(Integer.toString(LENGTH - 4096)),
                "the message does not say %d and %d bytes: %s", LENGTH, LENGTH - 4096, error.getMessage());
        expectContent(reference, content, "target that was too small");
    }

    private void oddEnd() throws Exception {
        byte[] content = Content.random(LENGTH, 8);
        String reference = fixture.newSource(content);
        byte[] end = Content.random(1001, 9);
        try (WritableDevice target = open(reference, new TargetOptions(4096 + end.length, 512, true))) {
            target.write(4096, Content.aligned(end));
            target.complete();
        }
        System.arraycopy(end, 0, content, 4096, end.length);
        expectContent(reference, content, "target written up to byte " + (4096 + end.length));
    }

    private void appears() throws Exception {
        for (int length : fixture.anyLength() ? List.of(LENGTH, LENGTH + 1, 1) : List.of(LENGTH)) {
            String reference = fixture.newReference();
            byte[] expected = new byte[length];
            try (WritableDevice target = open(reference, new TargetOptions(length, 512, false))) {
                Expect.equal(true, target.fresh(), "fresh, of a new target");
                Expect.equal((long) length, target.length(), "length of a new target");
                byte[] end = Content.random(length - (length - 1) / 4096 * 4096, 4);
                target.write(length - end.length, Content.aligned(end));
                System.arraycopy(end, 0, expected, length - end.length, end.length);
                Expect.fails(DeviceException.class, "open of a target that is not complete",
                        () -> fixture.provider().open(reference).close());
                target.complete();
            }
            expectContent(reference, expected, "new target of " + length + " bytes");
        }
    }

    private void vanishes() throws Exception {
        String reference = fixture.newReference();
        WritableDevice target = open(reference, ASK);
        target.write(0, Content.aligned(new byte[4096]));
        target.close();
        target.close();
        Expect.fails(DeviceException.class, "open of a target that was given up",
                () -> fixture.provider().open(reference).close());
        try (WritableDevice again = open(reference, ASK)) {
            again.complete();
        }
        expectContent(reference, new byte[LENGTH], "target started over");
    }

    private void alignment() throws Exception {
        try (WritableDevice target = open(fixture.newReference(), ASK)) {
            int sector = target.sectorSize();
            refused(target, 1, sector, "an offset within a sector");
            refused(target, 0, sector + 1, "a length of a sector and a byte");
            refused(target, -sector, sector, "a negative offset");
            refused(target, LENGTH, sector, "a range behind the end");
            refused(target, LENGTH - sector, 2 * sector, "a range across the end");
            Expect.fails(IllegalArgumentException.class, "a buffer that is not aligned",
                    () -> target.write(0, Content.aligned(2 * sector).position(1).limit(1 + sector)));
        }
    }

    private static void refused(WritableDevice target, long offset, int length, String what) {
        Expect.fails(IllegalArgumentException.class, what, () -> target.write(offset, Content.aligned(length)));
    }

    private void threads() throws Exception {
        byte[] content = Content.random(LENGTH, 5);
        String reference = fixture.newReference();
        try (WritableDevice target = open(reference, ASK)) {
            Threads.together(thread -> {
                for (int offset = thread * 4096; offset < LENGTH; offset += Threads.COUNT * 4096) {
                    target.write(offset, Content.aligned(Arrays.copyOfRange(content, offset, offset + 4096)));
                }
            });
            target.complete();
        }
        expectContent(reference, content, "target written by " + Threads.COUNT + " threads");
    }

    /** Whether the target can do that or not. */
    private void pastTheCache() throws Exception {
        int length = fixture.anyLength() ? LENGTH + 1536 : LENGTH;
        byte[] content = Content.random(length, 10);
        String reference = fixture.newReference();
        try (WritableDevice target = open(reference, new TargetOptions(length, 512, false))) {
            target.write(0, Content.aligned(content));
            boolean bypassed = target.bypassCache(true);
            Expect.equal(bypassed, target.bypassCache(true), "the second answer to the same");
            for (int offset : List.of(0, 512, 4096, 8192 + 512, length - 1024)) {
                Expect.equalBytes(Arrays.copyOfRange(content, offset, length),
                        DeviceProviderContract.read(target, offset, length - offset), "read past the cache at " + offset);
            }
            Expect.equal(false, target.bypassCache(false), "answer to going back to the cache");
            Expect.equalBytes(content, DeviceProviderContract.read(target, 0, length), "target read from the cache again");
            target.complete();
        }
        expectContent(reference, content, "target that was read back");
    }

    private void afterTheEnd() throws Exception {
        String reference = fixture.newReference();
        WritableDevice target = open(reference, ASK);
        target.complete();
        Expect.failsSomehow("a write after complete", () -> target.write(0, Content.aligned(Content.random(4096, 6))));
        Expect.failsSomehow("a second complete", target::complete);
        target.close();
        Expect.failsSomehow("a write after close", () -> target.write(0, Content.aligned(Content.random(4096, 7))));
        expectContent(reference, new byte[LENGTH], "target after refused writes");
    }
}
