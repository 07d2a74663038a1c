package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.ForwardingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files Windows recreates, and when that is certain. */
class RemadeFilesTest {
    private static final String STORAGE = "{0b2c4e5a-1111-2222-3333-444455556666}{3808876B-C176-4e48-B7AE-04046E6CC752}";
    private static final int LOG = 40;
    private final VolumeBuilder volume = new VolumeBuilder();

    /** Builds a volume with a page file in clusters 300 to 309 and 400, and the storage of a snapshot in 500 to 519. */
    private Device build() {
        volume.rootEntries.add(Records.indexEntry(24, "bootmgr"));
        volume.rootEntries.add(Records.indexEntry(25, "PAGEFILE.SYS"));
        volume.rootEntries.add(Records.indexEntry(26, "System Volume Information"));
        Device device = volume.build();
        put(24, new Run(250, 4));
        put(25, new Run(400, 1), new Run(300, 10));
        volume.put(26, 26, Records.resident(Attribute.INDEX_ROOT, "$I30", Records.indexRoot(List.of(
                Records.indexEntry(27, "tracking.log"), Records.indexEntry(28, STORAGE)))));
        put(27, new Run(260, 1));
        put(28, new Run(500, 20));
        return device;
    }

    private void put(int record, Run... runs) {
        long clusters = Records.clusters(List.of(runs));
        volume.put(record, record, Records.nonResident(Attribute.DATA, 0, List.of(runs), 4096, clusters * 4096, clusters));
    }

    private static List<TransientFile> files(Device device) throws ImagingException {
        return new NtfsAllocator().recognise(device).orElseThrow().transientFiles();
    }

    private static ExtentList clusters(long... beginsAndCounts) {
        ExtentList.Builder extents = new ExtentList.Builder();
        for (int i = 0; i < beginsAndCounts.length; i += 2) {
            extents.add(beginsAndCounts[i] * 4096, beginsAndCounts[i + 1] * 4096);
        }
        return extents.build();
    }

    private static Device as(DeviceKind kind, boolean live, Device device) {
        return new ForwardingDevice(device) {
            @Override
            public DeviceInfo info() {
                DeviceInfo info = device.info();
                return new DeviceInfo(info.reference(), kind, info.length(), info.sectorSize(), "", Optional.empty(), List.of(), true);
            }

            @Override
            public Optional<ClustersInUse> clustersInUse() {
                return live ? Optional.of(NOT_ASKED) : Optional.empty();
            }
        };
    }

    private static final ClustersInUse NOT_ASKED = new ClustersInUse() {
        @Override
        public String fileSystem() {
            return "NTFS";
        }

        @Override
        public int clusterSize() {
            return 4096;
        }

        @Override
        public long firstClusterOffset() {
            return 0;
        }

        @Override
        public long clusterCount() {
            return 1000;
        }

        @Override
        public long read(long firstCluster, ByteBuffer target) {
            throw new AssertionError("asked");
        }
    };

    @Test
    void pageFilesAndStorageOfSnapshotsOfAVolumeInOrder() throws ImagingException {
        assertThat(files(build())).containsExactly(new TransientFile("\\PAGEFILE.SYS", clusters(300, 10, 400, 1)),
                new TransientFile("\\System Volume Information\\" + STORAGE, clusters(500, 20)));
    }

    @Test
    void namesElsewhereAndOtherNamesSayNothing() throws ImagingException {
        volume.rootEntries.add(Records.indexEntry(27, "pagefile.sys.bak"));
        Device device = volume.build();
        put(27, new Run(260, 1));
        assertThat(files(device)).isEmpty();
    }

    @Test
    void ofAVolumeInUseOnlyWhatStaysWhileWindowsRuns() throws ImagingException {
        assertThat(files(as(DeviceKind.VOLUME, true, build()))).extracting(TransientFile::path).containsExactly("\\PAGEFILE.SYS");
    }

    @Test
    void whereALogIsOpenOnlyASnapshotWillDo() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        page.put(0, "RSTR".getBytes(StandardCharsets.US_ASCII)).putShort(4, (short) 30).putShort(6, (short) 9);
        page.putInt(16, 4096).putInt(20, 4096).putShort(24, (short) 48).putShort(28, (short) 1).putLong(48, 10);
        for (int block = 0; block < 8; block++) {
            page.putShort(510 + 512 * block, (short) 0x0101);
        }
        page.putShort(30, (short) 0x0101);
        volume.bytes.write(LOG * 4096L, page.array());
        Device device = build();
        assertThat(new NtfsAllocator().recognise(device).orElseThrow().state().conditions()).isEqualTo("journal-pending");
        assertThat(files(device)).isEmpty();
        assertThat(files(as(DeviceKind.SNAPSHOT, false, device))).hasSize(2);
        assertThat(files(as(DeviceKind.VOLUME, true, device))).hasSize(1);
    }

    @Test
    void whereWindowsNotedErrorsNothingIsLeftOutWhateverTheDevice() throws ImagingException {
        volume.volumeFlags = 1;
        Device device = build();
        assertThat(files(device)).isEmpty();
        assertThat(files(as(DeviceKind.SNAPSHOT, false, device))).isEmpty();
        assertThat(files(as(DeviceKind.VOLUME, true, device))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HIBR", "hibr"})
    void whereWindowsSleepsItWantsItsMemoryBack(String mark) throws ImagingException {
        volume.rootEntries.add(Records.indexEntry(29, "hiberfil.sys"));
        Device device = build();
        put(29, new Run(600, 2));
        volume.bytes.write(600 * 4096L, mark.getBytes(StandardCharsets.US_ASCII));
        assertThat(files(as(DeviceKind.SNAPSHOT, false, device))).isEmpty();
    }

    @Test
    void theMemoryOfASleepThatIsOverIsLeftOutOfASnapshot() throws ImagingException {
        volume.rootEntries.add(Records.indexEntry(29, "hiberfil.sys"));
        Device device = build();
        put(29, new Run(600, 2));
        volume.bytes.write(600 * 4096L, "WAKE".getBytes(StandardCharsets.US_ASCII));
        assertThat(files(as(DeviceKind.SNAPSHOT, false, device))).extracting(TransientFile::path).contains("\\hiberfil.sys");
        assertThat(files(device)).as("may not have been shut down since").isEmpty();
    }

    @Test
    void aFileThatClaimsClustersOfTheFileSystemIsKept() throws ImagingException {
        Device device = build();
        put(25, new Run(300, 2), new Run(4, 2));
        assertThat(files(device)).extracting(TransientFile::path).containsExactly("\\System Volume Information\\" + STORAGE);
    }

    @Test
    void filesThatClaimTheSameClustersAreAllKept() throws ImagingException {
        Device device = build();
        put(28, new Run(309, 3));
        assertThat(files(device)).isEmpty();
        put(28, new Run(500, 2), new Run(501, 2));
        assertThat(files(device)).as("a file that claims a cluster twice").hasSize(1);
    }

    @Test
    void aFileThatCannotBeReadIsKept() throws ImagingException {
        Device device = build();
        volume.bytes.write(volume.recordOffset(25) + 510, (byte) 0x77);
        assertThat(files(device)).hasSize(1);
        volume.bytes.write(volume.recordOffset(26) + 510, (byte) 0x77);
        assertThat(files(device)).isEmpty();
    }
}
