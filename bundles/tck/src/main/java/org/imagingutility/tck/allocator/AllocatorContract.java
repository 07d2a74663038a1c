package org.imagingutility.tck.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;
import org.imagingutility.tck.device.MemoryDevice;

/**
 * What every {@link Allocator} keeps: extents in order, without overlap, within the device, the same in each pass; and
 * whatever is on a device, the answer is extents of that kind, "not mine" or an {@link ImagingException}; and what is
 * recognised has a signature. Which extents are right only the allocator's own tests can tell.
 */
public final class AllocatorContract implements Contract {
    private static final int FLIPS = 400;
    /** Structures of file systems are densest at the beginning. */
    private static final int DENSE = 64 << 10;

    private final Allocator allocator;
    private final Map<String, DeviceSource> samples;

    /**
     * Creates the contract.
     *
     * @param allocator the allocator
     * @param samples devices whose file system it knows, by name; at least one, unless it takes any device
     */
    public AllocatorContract(Allocator allocator, Map<String, ? extends DeviceSource> samples) {
        this.allocator = allocator;
        this.samples = new LinkedHashMap<>(samples);
        if (allocator.catchAll()) {
            this.samples.put("random bytes", () -> new MemoryDevice(Content.random(1_000_000, 1)));
        }
        if (this.samples.isEmpty()) {
            throw new IllegalArgumentException("no device that " + allocator.name() + " knows");
        }
    }

    /** Opens a device for reading; each time again. */
    @FunctionalInterface
    public interface DeviceSource {

        /** Returns an open device, which the contract closes. */
        Device open() throws Exception;
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        checks.add(new ContractCheck("has a permanent name", () -> Expect.permanentName(allocator.name())));
        samples.forEach((name, source) -> checks.addAll(List.of(
                new ContractCheck("recognises " + name, () -> with(source, this::recognises)),
                new ContractCheck("two passes and passes side by side agree: " + name, () -> with(source, this::passes)),
                new ContractCheck("serves several threads: " + name, () -> with(source, this::threads)),
                new ContractCheck("closes cursors twice: " + name, () -> with(source, this::closes)),
                new ContractCheck("survives read errors: " + name, () -> readErrors(source)),
                new ContractCheck("survives a shorter device: " + name, () -> with(source, this::shorter)),
                new ContractCheck("survives changed bytes: " + name, () -> with(source, this::changed)))));
        checks.add(new ContractCheck("survives devices of zeros and random bytes", this::random));
        return List.copyOf(checks);
    }

    /** A check of an open device. */
    private interface DeviceCheck {
        void run(Device device) throws Exception;
    }

    private static void with(DeviceSource source, DeviceCheck check) throws Exception {
        try (Device device = new StrictDevice(source.open())) {
            check.run(device);
        }
    }

    private Allocation allocation(Device device) throws ImagingException {
        Optional<Allocation> found = allocator.recognise(device);
        Expect.that(found.isPresent(), "a device of %d bytes is not recognised", device.length());
        return found.get();
    }

    private void recognises(Device device) throws ImagingException {
        FileSystemInfo info = allocation(device).info();
        Expect.that(info.fileSystem() != null && !info.fileSystem().isBlank(), "the file system has no name");
        Expect.that(info.label() != null && info.serial() != null, "label or serial number is null");
        Expect.that(info.clusterSize() >= 0 && info.clusterCount() >= 0, "negative cluster size or count: %s", info);
        ExtentList extents = CursorCheck.extents(allocation(device), device.length());
        state(device, extents);
        Expect.that(allocator.signatures(device).stream().anyMatch(found -> found.kind() != Signature.Kind.NEAR_MISS),
                "a device of %d bytes is recognised, but has no signature", device.length());
    }

    /** A volume that is not in order is never read by what its file system notes alone, and its state is said. */
    private void state(Device device, ExtentList extents) throws ImagingException {
        Allocation allocation = allocation(device);
        VolumeState state = allocation.state();
        Expect.that(state != null, "the state of the volume is null");
        Expect.equal(state, allocation.state(), "state of the volume, asked again");
        if (state.inOrder()) {
            return;
        }
        Expect.that(state.basis() != AllocationBasis.RECORDED, "a volume that %s is read by what it notes alone",
                state.evidence());
        Expect.that(allocation.warnings().stream().anyMatch(warning -> warning.contains(state.findings().get(0).evidence())),
                "no warning says that the volume %s", state.evidence());
        Expect.that(state.basis() != AllocationBasis.ALL_BLOCKS || extents.totalLength() == device.length(),
                "all blocks are said to be taken, but %d of %d bytes are", extents.totalLength(), device.length());
    }

    private void passes(Device device) throws ImagingException {
        Allocation allocation = allocation(device);
        ExtentList first = CursorCheck.extents(allocation, device.length());
        Expect.equal(first, CursorCheck.extents(allocation, device.length()), "extents of the second pass");
        Expect.equal(first, CursorCheck.extents(allocation(device), device.length()), "extents recognised again");
        try (ExtentCursor one = allocation.extents(); ExtentCursor other = allocation.extents()) {
            for (int i = 0; i < first.count(); i++) {
                Expect.that(one.next() & other.next(), "one of two cursors ends before extent %d", i);
                Expect.equal(first.offset(i), one.offset(), "offset of extent " + i + ", first of two cursors");
                Expect.equal(first.offset(i), other.offset(), "offset of extent " + i + ", second of two cursors");
            }
        }
    }

    private void threads(Device device) throws Exception {
        Allocation allocation = allocation(device);
        ExtentList expected = CursorCheck.extents(allocation, device.length());
        Threads.together(thread -> {
            Expect.equal(expected, CursorCheck.extents(allocation, device.length()), "extents in thread " + thread);
            Expect.equal(expected, CursorCheck.extents(allocation(device), device.length()), "recognised in thread " + thread);
        });
    }

    private void closes(Device device) throws ImagingException {
        ExtentCursor begun = allocation(device).extents();
        begun.next();
        begun.close();
        begun.close();
        ExtentCursor untouched = allocation(device).extents();
        untouched.close();
    }

    /** Lets each of the first reads fail: an error must come of it, or (of a copy elsewhere) the right extents. */
    private void readErrors(DeviceSource source) throws Exception {
        ExtentList expected;
        try (Device device = source.open()) {
            expected = CursorCheck.extents(allocation(device), device.length());
        }
        for (int reads = 0; reads < 20; reads++) {
            try (StrictDevice device = new StrictDevice(source.open())) {
                device.failReadsAfter(reads);
                Answer answer = ask(device, "whose reads fail after " + reads);
                Expect.that(answer.failed() || expected.equals(answer.extents().orElse(null)),
                        "when reads fail after %d, the answer is %s instead of an error or %s", reads, answer, expected);
            }
        }
    }

    private void shorter(Device device) throws Exception {
        byte[] begin = StrictDevice.readBegin(device, 1 << 20);
        for (int length : List.of(1, 511, 512, 513, 1024, 4096, 8192, 65_536, begin.length / 2, begin.length - 1)) {
            if (length > 0 && length < begin.length) {
                survive(new MemoryDevice(Arrays.copyOf(begin, length)), "cut to " + length + " bytes");
            }
        }
    }

    private void changed(Device device) throws Exception {
        try (StrictDevice patched = new StrictDevice(device)) {
            for (int seed = 0; seed < FLIPS; seed++) {
                Random random = new Random(seed);
                long dense = Math.min(device.length(), DENSE);
                long at = seed < FLIPS / 2 ? seed % Math.min(dense, 512)
                        : (long) (random.nextDouble() * (seed % 2 == 0 ? dense : device.length()));
                byte value = (byte) random.nextInt();
                patched.patch(at, value);
                survive(patched, "with byte " + at + " set to " + value);
            }
        }
    }

    private void random() throws Exception {
        for (int length : List.of(1, 100, 511, 512, 513, 1024, 4096, 65_536, 1_000_000)) {
            survive(new MemoryDevice(new byte[length]), "of " + length + " zeros");
            for (int seed = 0; seed < 10; seed++) {
                survive(new MemoryDevice(Content.random(length, seed), seed % 2 == 0 ? 512 : 4096),
                        "of " + length + " random bytes, seed " + seed);
            }
        }
    }

    /** What came of it: an error, "not mine" (no extents), or extents. */
    private record Answer(boolean failed, Optional<ExtentList> extents) {
    }

    private void survive(Device device, String how) {
        Answer answer = ask(device, how);
        Expect.that(answer.failed() || answer.extents().isPresent() || !allocator.catchAll(),
                "takes any device, but not one %s", how);
    }

    /** Returns the answer; no exception but an ImagingException may come instead. */
    private Answer ask(Device device, String how) {
        try {
            allocator.signatures(device);
            Optional<Allocation> found = allocator.recognise(device);
            return new Answer(false, found.isEmpty() ? Optional.empty()
                    : Optional.of(CursorCheck.extents(found.get(), device.length())));
        } catch (ImagingException e) {
            return new Answer(true, Optional.empty());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("device " + how + ": expected an ImagingException at most, found " + e, e);
        }
    }
}
