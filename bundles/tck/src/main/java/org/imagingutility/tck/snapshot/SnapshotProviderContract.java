package org.imagingutility.tck.snapshot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;

/**
 * What every {@link SnapshotProvider} keeps: what is frozen shows one moment whatever is written to the device, stays until it
 * is released, also by another instance of the provider, and is gone then; the device itself is never touched.
 */
public final class SnapshotProviderContract implements Contract {
    private static final int LENGTH = 300 * 4096;

    private final Fixture fixture;

    /** Creates the contract for the provider of {@code fixture}. */
    public SnapshotProviderContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a provider. */
    public interface Fixture {

        /** Returns the provider; another instance each time, if it has instances. */
        SnapshotProvider provider();

        /** Returns what opens devices and frozen views. */
        DeviceProvider devices();

        /** Makes a device that the provider accepts, and returns its reference; each time another. */
        String newDevice(byte[] content) throws Exception;

        /** Replaces the content of a device by other content of that length, as one who uses it does. */
        void overwrite(String reference, byte[] content) throws Exception;

        /** Returns a reference that leads to nothing, but has the form of those of devices. */
        String missing();
    }

    @Override
    public List<ContractCheck> checks() {
        return List.of(
                new ContractCheck("has a permanent name and accepts its devices", this::identity),
                new ContractCheck("shows one moment, whatever is written to the device", this::oneMoment),
                new ContractCheck("shows the moment of each of several snapshots", this::severalMoments),
                new ContractCheck("stays when it is closed, and another instance finds it", this::stays),
                new ContractCheck("is gone when it is released", this::released),
                new ContractCheck("does not touch the device", this::deviceUntouched),
                new ContractCheck("freezes several devices together or not at all", this::together),
                new ContractCheck("makes a whole snapshot or none where the user wants it no more", this::cancelled),
                new ContractCheck("does not freeze what is not there", this::missing),
                new ContractCheck("knows only its own snapshots and devices", this::unknown));
    }

    private void identity() throws Exception {
        Expect.permanentName(fixture.provider().name());
        String device = fixture.newDevice(content(1));
        Expect.that(fixture.provider().accepts(device), "does not accept '%s'", device);
        Expect.that(!fixture.provider().accepts("no such:/device at all"), "accepts whatever it is asked for");
    }

    private void oneMoment() throws Exception {
        String device = fixture.newDevice(content(1));
        try (Snapshot snapshot = fixture.provider().freeze(List.of(device))) {
            expect(1, snapshot, device, "frozen content");
            fixture.overwrite(device, content(2));
            expect(1, snapshot, device, "frozen content after the device was written to");
            expectDevice(2, device);
            Expect.that(snapshot.taken() != null, "says no moment");
            snapshot.release();
        }
    }

    private void severalMoments() throws Exception {
        String device = fixture.newDevice(content(1));
        List<String> ids = new ArrayList<>();
        for (int moment = 1; moment <= 3; moment++) {
            fixture.overwrite(device, content(moment));
            try (Snapshot snapshot = fixture.provider().freeze(List.of(device))) {
                ids.add(snapshot.id());
            }
        }
        for (int moment = 1; moment <= 3; moment++) {
            try (Snapshot snapshot = fixture.provider().reopen(ids.get(moment - 1))) {
                expect(moment, snapshot, device, "snapshot " + moment);
                snapshot.release();
            }
        }
    }

    private void stays() throws Exception {
        String device = fixture.newDevice(content(1));
        Snapshot first = fixture.provider().freeze(List.of(device));
        first.close();
        first.close();
        fixture.overwrite(device, content(2));
        try (Snapshot again = fixture.provider().reopen(first.id())) {
            Expect.equal(first.id(), again.id(), "id of a snapshot that was opened again");
            Expect.equal(first.taken(), again.taken(), "its moment");
            expect(1, again, device, "its content");
            again.release();
        }
    }

    private void released() throws Exception {
        String device = fixture.newDevice(content(1));
        Snapshot snapshot = fixture.provider().freeze(List.of(device));
        String frozen = snapshot.frozen(device);
        snapshot.release();
        snapshot.release();
        snapshot.close();
        Expect.failsSomehow("opening the view of a released snapshot", () -> fixture.devices().open(frozen).close());
        Expect.fails(SnapshotException.class, "opening a released snapshot", () -> fixture.provider().reopen(snapshot.id()).close());
    }

    private void deviceUntouched() throws Exception {
        String device = fixture.newDevice(content(5));
        try (Snapshot snapshot = fixture.provider().freeze(List.of(device))) {
            Expect.that(!snapshot.frozen(device).equals(device), "the frozen view is the device itself");
            expectDevice(5, device);
            snapshot.release();
        }
        expectDevice(5, device);
    }

    private void together() throws Exception {
        String one = fixture.newDevice(content(1));
        String other = fixture.newDevice(content(2));
        Snapshot both;
        try {
            both = fixture.provider().freeze(List.of(one, other));
        } catch (SnapshotException e) {
            Expect.that(e.getMessage() != null, "refused without a word");
            return;
        }
        try (both) {
            expect(1, both, one, "the first of two");
            expect(2, both, other, "the second of two");
            both.release();
        }
    }

    private void cancelled() throws Exception {
        String device = fixture.newDevice(content(1));
        try (Snapshot snapshot = fixture.provider().freeze(List.of(device), () -> true)) {
            // one that is quick need not ask
            expect(1, snapshot, device, "what was frozen all the same");
            snapshot.release();
        } catch (CancelledException e) {
            Expect.that(e.getMessage() != null, "stopped without a word");
        }
        try (Snapshot snapshot = fixture.provider().freeze(List.of(device), () -> false)) {
            expect(1, snapshot, device, "what was frozen next");
            Expect.that(snapshot.warnings() != null && snapshot.warnings().stream().noneMatch(Objects::isNull), "has warnings that are null");
            snapshot.release();
        }
    }

    private void missing() throws Exception {
        Expect.fails(SnapshotException.class, "freezing what is not there",
                () -> fixture.provider().freeze(List.of(fixture.missing())).close());
    }

    private void unknown() throws Exception {
        Expect.fails(SnapshotException.class, "opening a snapshot that never was",
                () -> fixture.provider().reopen("never was").close());
        String device = fixture.newDevice(content(1));
        String other = fixture.newDevice(content(2));
        try (Snapshot snapshot = fixture.provider().freeze(List.of(device))) {
            Expect.fails(IllegalArgumentException.class, "asking for another device", () -> snapshot.frozen(other));
            snapshot.release();
        }
    }

    private static byte[] content(int seed) {
        return Content.random(LENGTH, seed);
    }

    private void expect(int seed, Snapshot snapshot, String device, String what) throws ImagingException {
        expectContent(seed, snapshot.frozen(device), what);
    }

    private void expectDevice(int seed, String device) throws ImagingException {
        expectContent(seed, device, "content of the device");
    }

    private void expectContent(int seed, String reference, String what) throws ImagingException {
        try (Device device = fixture.devices().open(reference)) {
            Expect.equal((long) LENGTH, device.length(), "length of " + what);
            // whole sectors of any size, at an address that fits unbuffered reads
            ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH + 4096).alignedSlice(4096).limit(LENGTH);
            device.read(0, bytes);
            byte[] found = new byte[LENGTH];
            bytes.flip().get(found);
            Expect.equalBytes(content(seed), found, what);
        }
    }
}
