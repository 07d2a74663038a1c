package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.Tools;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For random clusters, the files named are those that the Sleuth Kit names. */
@Tag("tools")
class SleuthKitTest {
    private static final long SEED = RandomSeed.get();
    private static final int SAMPLES = 12;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsTools() {
        Tools.require(Assumptions::abort, "fls", "ifind", "blkstat", "istat");
    }

    static List<String> sound() {
        return Fixtures.ofKind("ntfs");
    }

    @ParameterizedTest
    @MethodSource("sound")
    void agreesOnFixtures(String name) throws IOException, ImagingException {
        Path volume = Fixtures.unpack(name, folder);
        assertThat(compare(volume, SAMPLES)).as("clusters that belong to a file").isPositive();
    }

    @Test
    void agreesOnAVolumeWithFilesOfAllKinds() throws IOException, ImagingException {
        Path volume = FilledVolume.make(folder);
        SleuthKit truth = new SleuthKit(volume);
        assertThat(Tools.output("istat", volume.toString(), truth.inodeOf("\\in pieces"))).contains("$ATTRIBUTE_LIST");
        assertThat(compare(volume, 6 * SAMPLES)).as("clusters that belong to a file").isGreaterThan(20);
    }

    /** Returns how many of the clusters belong to a file. */
    private static int compare(Path volume, int samples) throws IOException, ImagingException {
        SleuthKit truth = new SleuthKit(volume);
        CountingDevice device = new CountingDevice(Files.size(volume), 512, new FileContent(volume));
        NtfsAllocation allocation = (NtfsAllocation) new NtfsAllocator().recognise(device).orElseThrow();
        Random random = new Random(SEED);
        ExtentList inUse = ExtentsInUse.of(allocation, device).within(0, allocation.boot().clusteredLength());
        int owned = 0;
        for (int i = 0; i < samples; i++) {
            int extent = random.nextInt(inUse.count());
            long position = i % 2 == 0 ? random.nextLong(allocation.boot().clusteredLength())
                    : inUse.offset(extent) + random.nextLong(inUse.length(extent));
            long cluster = position / allocation.boot().clusterSize();
            String owner = truth.owner(cluster);
            if (!owner.isEmpty() && truth.isDeleted(owner)) {
                if (truth.isInUse(cluster)) {
                    continue;
                }
                owner = "";
            }
            owned += owner.isEmpty() ? 0 : 1;
            assertSame(truth, owner, cluster, allocation);
        }
        // few random clusters are in these
        for (RunList runs : List.of(allocation.mft().stream().runs(), allocation.bitmap().runs())) {
            for (int run = 0; run < runs.count(); run++) {
                String owner = truth.owner(runs.lcn(run));
                owned += owner.isEmpty() ? 0 : 1;
                assertSame(truth, owner, runs.lcn(run), allocation);
            }
        }
        return owned;
    }

    private static void assertSame(SleuthKit truth, String owner, long cluster, NtfsAllocation allocation)
            throws IOException, ImagingException {
        Set<String> found = namesIn(cluster, allocation);
        found.remove("$BadClus:$Bad"); // ifind passes over this one
        String what = "cluster " + cluster + " of " + owner + ", seed " + SEED;
        if (owner.isEmpty()) {
            // ifind passes over clusters that are allocated behind the end of their stream
            if (!truth.isInUse(cluster)) {
                assertThat(found).as(what).isEmpty();
            }
            return;
        }
        Set<String> expected = truth.paths(owner);
        assertThat(expected).as("%s: listed", what).isNotEmpty();
        assertThat(found).as(what).containsAnyElementsOf(expected);
        found.removeAll(expected);
        for (long record : recordsIn(cluster, allocation)) {
            if (found.isEmpty()) {
                break;
            }
            Set<String> files = truth.pathsOfFile(truth.baseOf(record));
            found.removeIf(path -> files.stream().anyMatch(file -> path.equals(file) || path.startsWith(file + ":"))
                    || path.equals("$MFT record " + record));
        }
        assertThat(found).as("%s: named besides", what).isEmpty();
    }

    private static Set<String> namesIn(long cluster, NtfsAllocation allocation) throws ImagingException {
        int clusterSize = allocation.boot().clusterSize();
        ExtentList range = new ExtentList.Builder().add(cluster * clusterSize, clusterSize).build();
        return ((Allocation) allocation).filesIn(range, 1000).stream().map(TouchedFile::path)
                .filter(path -> !path.startsWith("(")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the records that lie in the cluster: their files are touched as well. */
    private static Set<Long> recordsIn(long cluster, NtfsAllocation allocation) {
        RunList runs = allocation.mft().stream().runs();
        int clusterSize = allocation.boot().clusterSize();
        Set<Long> records = new TreeSet<>();
        for (int run = 0; run < runs.count(); run++) {
            if (cluster >= runs.lcn(run) && cluster < runs.lcn(run) + runs.length(run)) {
                long position = (runs.start(run) + cluster - runs.lcn(run)) * clusterSize;
                for (long at = position; at < position + clusterSize; at += 512) {
                    records.add(at / allocation.mft().recordSize());
                }
            }
        }
        return records;
    }
}
