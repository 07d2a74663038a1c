package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link DeviceProvider} and what it opens keeps: all bytes or an error with the place, alignment, several
 * threads, and targets that are refused rather than spoilt.
 */
public final class DeviceProviderContract implements Contract {
    /** What no provider has for a form of its own. */
    private static final String PLAIN_PATH = "folder/a file.raw";
    private static final int SECTOR = 512;

    private final Fixture fixture;

    /** Creates the contract for the provider of {@code fixture}. */
    public DeviceProviderContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a provider. */
    public interface Fixture {

        /** Returns the provider, always the same. */
        DeviceProvider provider();

        /** Makes a device with this content, one to many bytes, and returns its reference; each time another. */
        String newSource(byte[] content) throws Exception;

        /** Returns a reference the provider accepts, under which nothing stands; each time another. */
        String newReference();

        /** Says whether a device may have a length that is no multiple of a sector, as raw image files may. */
        default boolean anyLength() {
            return true;
        }

        /** Says whether devices can be written; a provider that only reads refuses every target. */
        default boolean writes() {
            return true;
        }

        /** Says whether a target can be made under a new reference. */
        default boolean makesTargets() {
            return true;
        }

        /** Makes the sector at byte {@code offset} of an open source unreadable, or returns false if that cannot be done. */
        default boolean damage(Device device, long offset) throws Exception {
            return false;
        }

        /**
         * Has the operating system put a volume on ranges of a device made by {@link #newSource}, in whole sectors, and returns what it
         * is opened by; empty if such devices have no volumes with names of their own.
         *
         * @param ranges one or several, in bytes of the device
         */
        default Optional<String> putVolume(String reference, ExtentList ranges) throws Exception {
            return Optional.empty();
        }

        /** Cuts a device made by {@link #newSource} while it is open, or returns false if it cannot shrink. */
        default boolean shrink(String reference, long length) throws Exception {
            return false;
        }
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>(List.of(
                new ContractCheck("has a permanent name and accepts its references", this::identity),
                new ContractCheck("lists devices sorted and once", this::lists),
                new ContractCheck("describes what it opened", this::describes),
                new ContractCheck("content of every length comes back", this::roundTrips),
                new ContractCheck("reads ranges of every place", this::ranges),
                new ContractCheck("reads the same directly", this::direct),
                new ContractCheck("an unreadable sector is an error with the place, and its neighbours are read", this::damaged),
                new ContractCheck("touches nothing but the buffer's remaining bytes", this::buffers),
                new ContractCheck("refuses ranges outside and unaligned ones", this::alignment),
                new ContractCheck("serves several reading threads", this::threads),
                new ContractCheck("tells of clusters that there are, the same in pieces", this::clusters),
                new ContractCheck("names the volumes on it, and where they lie", this::volumes),
                new ContractCheck("what is missing is a device error", this::missing),
                new ContractCheck("a device that ends early is an error with the place", this::shrinks),
                new ContractCheck("closes twice and is of no use after", this::closed)));
        checks.addAll(new TargetChecks(fixture).checks());
        return List.copyOf(checks);
    }

    private void identity() throws Exception {
        Expect.permanentName(fixture.provider().name());
        String reference = fixture.newReference();
        Expect.that(fixture.provider().accepts(reference), "does not accept '%s'", reference);
        String source = fixture.newSource(new byte[SECTOR]);
        Expect.that(fixture.provider().accepts(source), "does not accept '%s'", source);
        Expect.that(fixture.provider().acceptsAny() || !fixture.provider().accepts(PLAIN_PATH),
                "accepts '%s', so others that know a form of their own would not be asked, and does not say acceptsAny()", PLAIN_PATH);
    }

    private void lists() throws ImagingException {
        List<DeviceInfo> list = fixture.provider().list();
        List<String> references = list.stream().map(DeviceInfo::reference).toList();
        Expect.equal(references.stream().sorted(Comparator.naturalOrder()).distinct().toList(), references,
                "references listed");
        Set<Integer> numbers = new HashSet<>();
        for (String reference : references) {
            Expect.that(fixture.provider().accepts(reference), "lists '%s', but does not accept it", reference);
            OptionalInt number = fixture.provider().diskNumber(reference);
            Expect.that(number.isEmpty() || number.getAsInt() >= 0 && numbers.add(number.getAsInt()),
                    "the number of '%s' is %s, negative or that of another one", reference, number);
        }
    }

    private void describes() throws Exception {
        String reference = fixture.newSource(new byte[8 * SECTOR]);
        try (Device device = fixture.provider().open(reference)) {
            Expect.equal(reference, device.info().reference(), "reference");
            Expect.equal(8L * SECTOR, device.length(), "length");
            Expect.equal(device.info().length(), device.length(), "length by itself");
            Expect.equal(device.info().sectorSize(), device.sectorSize(), "sector size by itself");
        }
    }

    private List<Integer> lengths() {
        List<Integer> whole = List.of(SECTOR, 2 * SECTOR, 4096, 65_536, (1 << 20) + SECTOR);
        List<Integer> lengths = new ArrayList<>(whole);
        if (fixture.anyLength()) {
            lengths.addAll(List.of(1, SECTOR - 1, SECTOR + 1, 65_535, 65_537));
        }
        return lengths;
    }

    private void roundTrips() throws Exception {
        for (int length : lengths()) {
            byte[] content = Content.random(length, length);
            try (Device device = fixture.provider().open(fixture.newSource(content))) {
                Expect.equal((long) length, device.length(), "length");
                Expect.equalBytes(content, read(device, 0, length), "device of " + length + " bytes");
            }
        }
    }

    static byte[] read(Device device, long offset, int length) throws ImagingException {
        ByteBuffer target = Content.aligned(length);
        device.read(offset, target);
        Expect.equal(target.limit(), target.position(), "position after a read");
        return Content.bytes(target.flip());
    }

    private void ranges() throws Exception {
        byte[] content = Content.random(40 * 4096 + (fixture.anyLength() ? 100 : 0), 1);
        try (Device device = fixture.provider().open(fixture.newSource(content))) {
            int sector = device.sectorSize();
            for (int offset = 0; offset < content.length; offset += 5 * sector) {
                for (int length : List.of(sector, 4 * sector, content.length - offset)) {
                    int possible = Math.min(length, content.length - offset);
                    Expect.equalBytes(Arrays.copyOfRange(content, offset, offset + possible),
                            read(device, offset, possible), "range " + offset + "+" + possible);
                }
            }
        }
    }

    private void direct() throws Exception {
        byte[] content = Content.random(20 * 4096 + (fixture.anyLength() ? 100 : 0), 1);
        try (Device device = fixture.provider().open(fixture.newSource(content))) {
            int sector = device.sectorSize();
            for (int offset = 0; offset < content.length; offset += 5 * sector) {
                for (int length : List.of(sector, 4 * sector, content.length - offset)) {
                    int possible = Math.min(length, content.length - offset);
                    ByteBuffer target = Content.aligned(possible);
                    device.readDirectly(offset, target);
                    Expect.equal(target.limit(), target.position(), "position after a direct read");
                    Expect.equalBytes(Arrays.copyOfRange(content, offset, offset + possible),
                            Content.bytes(target.flip()), "range " + offset + "+" + possible + " directly");
                }
            }
            Expect.fails(IllegalArgumentException.class, "a direct read at an offset within a sector",
                    () -> device.readDirectly(1, Content.aligned(sector)));
        }
    }

    private void damaged() throws Exception {
        byte[] content = Content.random(16 * 4096, 6);
        try (Device device = fixture.provider().open(fixture.newSource(content))) {
            int sector = device.sectorSize();
            int bad = 5 * 4096;
            if (!fixture.damage(device, bad)) {
                return;
            }
            for (int length : List.of(sector, content.length - bad)) {
                DeviceException error = Expect.fails(DeviceException.class, "a read of an unreadable sector",
                        () -> read(device, bad, length));
                Expect.that(!error.isDeviceChanged(), "says that the device changed: %s", error);
                Expect.that(error.offset() >= bad && error.offset() < bad + length, "error at %d, read at %d", error.offset(), bad);
            }
            Expect.equalBytes(Arrays.copyOfRange(content, bad - sector, bad), read(device, bad - sector, sector), "sector before");
            Expect.equalBytes(Arrays.copyOfRange(content, bad + sector, bad + 2 * sector), read(device, bad + sector, sector),
                    "sector behind");
        }
    }

    private void buffers() throws Exception {
        byte[] content = Content.random(4 * 4096, 2);
        try (Device device = fixture.provider().open(fixture.newSource(content))) {
            ByteBuffer target = Content.aligned(3 * 4096).position(4096).limit(2 * 4096);
            device.read(8192, target);
            Expect.equal(2 * 4096, target.position(), "position after a read");
            byte[] expected = new byte[3 * 4096];
            System.arraycopy(content, 8192, expected, 4096, 4096);
            Expect.equalBytes(expected, Content.bytes(target.clear().limit(3 * 4096)), "buffer read into from 4096 to 8192");
        }
    }

    private void alignment() throws Exception {
        try (Device device = fixture.provider().open(fixture.newSource(new byte[16 * 4096]))) {
            int sector = device.sectorSize();
            refused(device, 1, Content.aligned(sector), "an offset within a sector");
            refused(device, 0, Content.aligned(sector + 1), "a length of a sector and a byte");
            refused(device, 0, Content.aligned(2 * sector).position(1).limit(1 + sector), "a buffer that is not aligned");
            refused(device, 0, ByteBuffer.allocate(sector), "a buffer that is not direct");
            refused(device, -sector, Content.aligned(sector), "a negative offset");
            refused(device, device.length(), Content.aligned(sector), "a range behind the end");
            refused(device, device.length() - sector, Content.aligned(2 * sector), "a range across the end");
            refused(device, Long.MAX_VALUE / sector * sector, Content.aligned(sector), "an offset that overflows");
        }
    }

    private static void refused(Device device, long offset, ByteBuffer target, String what) {
        Expect.fails(IllegalArgumentException.class, what, () -> device.read(offset, target));
    }

    private void threads() throws Exception {
        byte[] content = Content.random(100 * 4096, 3);
        try (Device device = fixture.provider().open(fixture.newSource(content))) {
            Threads.together(thread -> {
                for (int i = 0; i < 200; i++) {
                    int offset = (thread * 17 + i * 29) % 90 * 4096;
                    Expect.equalBytes(Arrays.copyOfRange(content, offset, offset + 40_960), read(device, offset, 40_960),
                            "range " + offset + "+40960 in thread " + thread);
                }
            });
        }
    }

    private void clusters() throws Exception {
        try (Device device = fixture.provider().open(fixture.newSource(Content.random(64 * 4096, 5)))) {
            // nothing reads into it: that must not disturb
            device.cancelRead(Content.aligned(4096));
            Optional<ClustersInUse> told = device.clustersInUse();
            if (told.isEmpty()) {
                return;
            }
            ClustersInUse clusters = told.get();
            Expect.that(!clusters.fileSystem().isEmpty() && clusters.clusterSize() > 0 && clusters.firstClusterOffset() >= 0
                    && clusters.clusterCount() > 0 && clusters.clusterCount() <= (device.length() - clusters.firstClusterOffset())
                    / clusters.clusterSize(), "tells of %d clusters of %d bytes from byte %d on, the device has %d bytes",
                    clusters.clusterCount(), clusters.clusterSize(), clusters.firstClusterOffset(), device.length());
            Expect.equal(bits(clusters, 1 << 16), bits(clusters, 1), "clusters in use, told in pieces");
            Expect.fails(IllegalArgumentException.class, "clusters from one on that is no multiple of 8",
                    () -> clusters.read(1, ByteBuffer.allocate(8)));
        }
    }

    private void volumes() throws Exception {
        String reference = fixture.newSource(Content.random(64 * 4096, 8));
        ExtentList range = new ExtentList.Builder().add(4096, 8 * 4096).build();
        ExtentList ranges = new ExtentList.Builder().add(16 * 4096, 4096).add(32 * 4096, 8 * 4096).build();
        Optional<String> whole = fixture.putVolume(reference, range);
        Optional<String> scattered = fixture.putVolume(reference, ranges);
        try (Device device = fixture.provider().open(reference)) {
            List<VolumeOnDisk> volumes = device.volumes();
            List<VolumeOnDisk> parts = device.volumeParts();
            Expect.equal(whole.map(volume -> places(volume, range)).orElse(List.of()), volumes, "volumes on it");
            Expect.equal(scattered.map(volume -> places(volume, ranges)).orElse(List.of()), parts,
                    "ranges of volumes that lie in several");
            Expect.equal(volumes, device.volumes(), "volumes, asked again");
        }
    }

    private static List<VolumeOnDisk> places(String volume, ExtentList ranges) {
        List<VolumeOnDisk> places = new ArrayList<>();
        for (int i = 0; i < ranges.count(); i++) {
            places.add(new VolumeOnDisk(volume, ranges.offset(i), ranges.length(i)));
        }
        return places;
    }

    private static BitSet bits(ClustersInUse clusters, int roomBytes) throws ImagingException {
        BitSet inUse = new BitSet();
        ByteBuffer bits = ByteBuffer.allocate(roomBytes);
        for (long at = 0; at < clusters.clusterCount();) {
            long count = clusters.read(at, bits.clear());
            Expect.that(count > 0 && count <= clusters.clusterCount() - at, "tells of %d clusters from cluster %d on", count, at);
            for (int i = 0; i < count; i++) {
                inUse.set((int) at + i, (bits.get(i / 8) >> i % 8 & 1) == 1);
            }
            at += count;
        }
        return inUse;
    }

    private void missing() {
        Expect.fails(DeviceException.class, "open of what is not there",
                () -> fixture.provider().open(fixture.newReference()).close());
    }

    private void shrinks() throws Exception {
        byte[] content = Content.random(16 * 4096, 4);
        String reference = fixture.newSource(content);
        try (Device device = fixture.provider().open(reference)) {
            if (fixture.shrink(reference, 8 * 4096)) {
                DeviceException error = Expect.fails(DeviceException.class, "read of the end that was cut off",
                        () -> read(device, 12 * 4096, 4 * 4096));
                Expect.that(error.isDeviceChanged(), "does not say that the device changed: %s", error);
                Expect.fails(DeviceException.class, "read across the new end", () -> read(device, 0, 16 * 4096));
                Expect.equal((long) content.length, device.length(), "length of the open device");
            }
        }
    }

    private void closed() throws Exception {
        Device device = fixture.provider().open(fixture.newSource(new byte[4096]));
        device.close();
        device.close();
        Expect.failsSomehow("a read after close", () -> read(device, 0, 4096));
    }
}
