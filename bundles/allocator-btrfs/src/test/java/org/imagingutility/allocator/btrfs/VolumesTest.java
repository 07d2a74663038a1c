package org.imagingutility.allocator.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that other programs made, against what btrfs-progs say of them. */
class VolumesTest {
    private static Allocation recognise(CountingDevice device) throws ImagingException {
        return new BtrfsAllocator().recognise(device).orElseThrow();
    }

    /** Says whether all of {@code needed} is in {@code found}. */
    static boolean covers(ExtentList found, ExtentList needed) {
        int at = 0;
        for (int i = 0; i < needed.count(); i++) {
            while (at < found.count() && found.offset(at) + found.length(at) <= needed.offset(i)) {
                at++;
            }
            if (at == found.count() || found.offset(at) > needed.offset(i)
                    || found.offset(at) + found.length(at) < needed.offset(i) + needed.length(i)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dup-crc32c", "mixed-crc32c", "single-blake2b", "no-free-space-tree-xxhash64", "raid0-2", "raid10-3",
        "raid1-2", "raid1-3"})
    void findsWhatIsInUse(String name) throws ImagingException {
        CountingDevice device = Volumes.device(name);
        Allocation allocation = recognise(device);
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(Volumes.expected(name));
        assertThat(allocation.state().inOrder()).isTrue();
        assertThat(allocation.warnings()).hasSize(name.startsWith("raid") ? 1 : 0);
        assertThat(allocation.info().label()).isEqualTo(name.replaceFirst("(raid.*)-.", "$1"));
        assertThat(allocation.info().serial()).hasSize(36);
        assertThat(allocation.info().clusterSize()).isEqualTo(4096);
        assertThat(allocation.info().clusterCount()).isEqualTo(device.length() / 4096);
    }

    @Test
    void takesWhatALogRefersToAsWell() throws ImagingException {
        CountingDevice device = Volumes.device("log-sha256");
        Allocation allocation = recognise(device);
        ExtentList recorded = Volumes.expected("log-sha256");
        ExtentList found = ExtentsInUse.of(allocation, device);
        assertThat(covers(found, recorded)).isTrue();
        // a file of 500,000 bytes, and the log's nodes of 16 KiB, twice
        assertThat(found.totalLength() - recorded.totalLength()).isBetween(503_808L + 2 * 2 * 16_384, 503_808L + 8 * 2 * 16_384);
        assertThat(allocation.state().conditions()).isEqualTo(VolumeCondition.JOURNAL_PENDING.word());
        assertThat(allocation.state().basis()).isEqualTo(AllocationBasis.UNION);
        assertThat(allocation.warnings()).singleElement().asString().contains("has a log that was not replayed (byte 65632)");
    }

    @Test
    void takesAllOfChunksWhereTheExtentTreeIsOnAnotherDevice() throws ImagingException {
        CountingDevice device = Volumes.device("raid0-trees-1");
        Allocation allocation = recognise(device);
        ExtentList found = ExtentsInUse.of(allocation, device);
        assertThat(covers(found, Volumes.expected("raid0-trees-1"))).isTrue();
        assertThat(allocation.warnings()).hasSize(2).last().asString().contains("all bytes of chunks are taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raid1-1", "raid0-trees-2"})
    void refusesADeviceWithoutTheChunkTree(String name) {
        assertThatThrownBy(() -> recognise(Volumes.device(name))).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("the chunk tree is on other devices of the file system");
    }

    @Test
    void readsAFewNodesMoreThanThoseOfTheTreesItNeeds() throws ImagingException {
        CountingDevice device = Volumes.device("dup-crc32c");
        ExtentsInUse.of(recognise(device), device);
        assertThat(device.bytesRead()).isLessThan(1 << 20);
        assertThat(device.longestRead()).isLessThanOrEqualTo(64 << 10);
    }
}
