package org.imagingutility.allocator.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OtherAllocatorTest {
    private static final int LENGTH = 300_032;
    private static final int DISC_LENGTH = 1 << 20;
    private static final int POOL_LENGTH = 64 << 20;

    private final OtherAllocator allocator = new OtherAllocator();

    private static Superblocks device() {
        return new Superblocks(LENGTH);
    }

    private static final List<Map.Entry<FileSystemInfo, Superblocks>> KNOWN = new ArrayList<>();

    private static void known(String name, String label, String serial, Superblocks device) {
        KNOWN.add(Map.entry(new FileSystemInfo(name, label, serial, 0, 0), device));
    }

    private static void sized(String name, String label, String serial, long blocks, Superblocks device) {
        KNOWN.add(Map.entry(new FileSystemInfo(name, label, serial, 4096, blocks), device));
    }

    static {
        String uuid = Superblocks.UUID;
        sized("XFS", "data", uuid, 73, device().xfs("data"));
        known("LUKS1", "", uuid, device().text(0, "LUKS\u00BA\u00BE\0\1").text(168, uuid));
        known("LUKS2", "secret", uuid, device().luks2(0, "LUKS\u00BA\u00BE", "secret"));
        known("LUKS2", "second", uuid, device().luks2(0x8000, "SKUL\u00BA\u00BE", "second"));
        for (int sector = 0; sector < 4; sector++) {
            known("LVM2 physical volume", "", "abcdef-ghij-klmn-opqr-stuv-wxyz-012345", device().lvm(sector));
        }
        known("Linux RAID member", "1.1", uuid, device().raid(0, "1.1"));
        known("Linux RAID member", "host:0", uuid, device().raid(4096, "host:0"));
        known("Linux RAID member", "end", uuid, device().raid(290_816, "end"));
        known("Linux RAID member", "", uuid, device().raid090(196_608));
        known("Intel Matrix RAID member", "", "", device().text(LENGTH - 1024, "Intel Raid ISM Cfg Sig. 1.3.00"));
        known("DDF RAID member", "", "guid", device().hex(LENGTH - 512, "de11de11").text(LENGTH - 504, "guid"));
        known("LSI MegaRAID member", "", "", device().text(LENGTH - 512, "$XIDE$"));
        known("Promise FastTrak RAID member", "", "", device().text(LENGTH - 63 * 512, "Promise Technology, Inc."));
        known("DRBD member", "", "", device().u32big((LENGTH & -1024) - 4096 + 60, 0x8374_026DL)
                .u32big((LENGTH & -1024) - 4096 + 80, 4096));
        known("bcache member", "cache", uuid, device().u64(4104, 8).hex(4120, "c68573f64e1a45ca8265f57f48ba6d81").uuid(4136)
                .text(4168, "cache"));
        known("bcachefs", "bch", uuid, device().hex(4120, "c68573f666ce90a9d96a60cf803df7ef").uuid(4152).text(4168, "bch")
                .u64(4200, 8));
        known("BitLocker", "", "", device().text(3, "-FVE-FS-"));
        known("BitLocker", "", "", device().text(3, "MSWIN4.1").hex(424, "3bd66749292ed84a8399f6a339e3d001"));
        known("ReFS", "", "", device().text(3, "ReFS").text(16, "FSRS"));
        known("F2FS", "phone", uuid, device().u32(1024, 0xF2F5_2010L).uuid(1132).text(1148, "p\0h\0o\0n\0e\0"));
        sized("APFS", "", uuid, 73, device().text(32, "NXSB").u16(24, 1).u32(36, 4096).u64(40, 73).uuid(72));
        sized("HFS+", "", "", 73, device().text(1024, "H+\0\4").u32big(1064, 4096).u32big(1068, 73));
        known("HFS", "Disk", "", device().text(1024, "BD").u32big(1044, 4096).text(1060, "\4Disk"));
        for (int page = 4096; page <= 65_536; page *= 2) {
            known("Linux swap", "sw", uuid, device().swap(page, "SWAPSPACE2", "sw"));
            known("Linux swap with a suspended system", "", uuid, device().swap(page, "S1SUSPEND", ""));
        }
        known("Linux swap with a suspended system", "", uuid,
                device().swap(4096, "SWAPSPACE2", "").hex(0, "edc302e99856e50c"));
        known("ext journal", "log", uuid, device().u16(1080, 0xEF53).u32(1120, 8).uuid(1128).text(1144, "log"));
        sized("ReiserFS", "rs", uuid, 73, device().u32(65_536, 73).u32(65_548, 18).u16(65_580, 4096)
                .text(65_588, "ReIsEr2Fs").uuid(65_620).text(65_636, "rs"));
        sized("JFS", "j", uuid, 9, device().text(32_768, "JFS1").u64(32_776, 73).u32(32_784, 4096).u16(32_788, 12)
                .u16(32_790, 3).u32(32_792, 512).u16(32_796, 9).uuid(32_904).text(32_920, "j"));
        known("NILFS2", "n", uuid, device().nilfs2(1024, "n"));
        known("NILFS2", "copy", uuid, device().nilfs2((LENGTH & -4096) - 4096, "copy"));
        sized("EROFS", "e", uuid, 73, device().u32(1024, 0xE0F5_E1E2L).u16(1036, 12).u32(1060, 73).uuid(1072).text(1088, "e"));
        known("SquashFS 4", "", "", device().text(0, "hsqs").u16(28, 4));
        known("UFS2", "", "", device().u32(8192 + 1372, 0x1954_0119));
        known("UFS1", "", "", device().u32big(262_144 + 1372, 0x0001_1954));
        known("Minix 1", "", "", device().u16(1024, 96).u16(1026, 300).u16(1028, 1).u16(1030, 1).u16(1032, 8).u16(1040, 0x137F));
        known("ISO 9660", "DISC", "", device().text(32_768, "\1CD001\1").text(32_808, "DISC      "));
        known("ISO 9660", "A+LABEL THAT IS LONGER THAN 16", "",
                new Superblocks(DISC_LENGTH).bridge("A_LABEL_THAT_IS_LONGER THAN 16", "A+LABEL THAT IS ", ""));
        known("ISO 9660", "another", "", new Superblocks(DISC_LENGTH).bridge("A_LABEL_THAT_IS_LONGER", "another", ""));
        known("UDF", "Bridge", "", new Superblocks(DISC_LENGTH).bridge("BRIDGE", "Bridge", "Bridge"));
        known("ZFS member", "tank", "1234567890123456789",
                new Superblocks(POOL_LENGTH).zfsList(0, "tank", 1_234_567_890_123_456_789L));
        known("ZFS member", "last", "5", new Superblocks(POOL_LENGTH + 4096).zfsList(POOL_LENGTH - (256 << 10), "last", 5));
        known("ZFS member", "", "", new Superblocks(POOL_LENGTH).uberblocks(256 << 10, 4));
        known("VMFS volume member", "", "", new Superblocks((1 << 20) + 512).hex(1 << 20, "0dd001c0"));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        Map<String, AllocatorContract.DeviceSource> samples = new LinkedHashMap<>();
        samples.put("XFS", () -> new MemoryDevice(KNOWN.get(0).getValue().bytes));
        return new AllocatorContract(allocator, samples).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @TestFactory
    Stream<DynamicTest> namesWhatItKnowsAndTakesAllOfIt() {
        return KNOWN.stream().map(known -> DynamicTest.dynamicTest(known.getKey().toString(), () -> {
            Allocation allocation = allocator.recognise(new MemoryDevice(known.getValue().bytes)).orElseThrow();
            assertThat(allocation.info()).isEqualTo(known.getKey());
            try (ExtentCursor cursor = allocation.extents()) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.offset()).isZero();
                assertThat(cursor.length()).isEqualTo(known.getValue().bytes.length);
                assertThat(cursor.next()).isFalse();
            }
        }));
    }

    @Test
    void knowsNothingOnZerosOnRandomBytesAndOnTheSmallestDevices() throws ImagingException {
        assertThat(allocator.recognise(new MemoryDevice(new byte[LENGTH]))).isEmpty();
        assertThat(allocator.recognise(new MemoryDevice(Content.random(LENGTH, 5)))).isEmpty();
        assertThat(allocator.recognise(new MemoryDevice(new byte[512]))).isEmpty();
    }

    /** What is left of a superblock that something else was written over. */
    @Test
    void aSumThatDoesNotHoldMakesNoSignature() throws ImagingException {
        for (Superblocks device : List.of(device().raid(4096, "x").text(4128, "y"), device().lvm(1).text(560, "y"),
                device().xfs("x").text(108, "y"), device().nilfs2(1024, "x").text(1200, "y"),
                device().raid(4096, "x").u64(4240, 7), device().swap(4096, "SWAPSPACE2", "").u32(1024, 2),
                device().luks2(0x8000, "SKUL\u00BA\u00BE", "").u64(0x8000 + 256, 0),
                device().raid090(196_608).u32(196_640, 1000), new Superblocks(POOL_LENGTH).uberblocks(0, 3))) {
            assertThat(allocator.signatures(new MemoryDevice(device.bytes))).isEmpty();
        }
    }

    @Test
    void allThatIsThereIsNamedContainersFirst() throws ImagingException {
        Superblocks device = device().swap(4096, "SWAPSPACE2", "old").luks2(0, "LUKS\u00BA\u00BE", "")
                .raid(290_816, "end");
        assertThat(allocator.signatures(new MemoryDevice(device.bytes))).extracting(found -> found.info().fileSystem() + " "
                + found.kind() + " " + found.offset()).containsExactly("Linux RAID member CONTAINER 290816",
                "LUKS2 CONTAINER 0", "Linux swap FILE_SYSTEM 4086");
    }

    @Test
    void aBridgeDiscHasBothOfItsFileSystems() throws ImagingException {
        Superblocks disc = new Superblocks(DISC_LENGTH).bridge("BRIDGE", "Bridge", "Bridge");
        assertThat(allocator.signatures(new MemoryDevice(disc.bytes))).extracting(found -> found.info().fileSystem() + " "
                + found.kind()).containsExactly("UDF DISC", "ISO 9660 DISC");
    }

    @Test
    void aSecondHeaderCountsOnlyWhereNothingElseIsFound() throws ImagingException {
        Superblocks device = device().luks2(0x8000, "SKUL\u00BA\u00BE", "second");
        assertThat(allocator.signatures(new MemoryDevice(device.bytes))).extracting(Signature::kind)
                .containsExactly(Signature.Kind.WEAK);
        device.xfs("data");
        assertThat(allocator.signatures(new MemoryDevice(device.bytes))).extracting(found -> found.info().fileSystem())
                .containsExactly("XFS");
    }

    /** A bad sector beside a signature must not hide it; one in its place must not pass for "nothing there". */
    @Test
    void aBadSectorHidesNoMoreThanWhatStandsInIt() throws ImagingException {
        Superblocks device = device().raid(4096, "host");
        CountingDevice bad = new CountingDevice(LENGTH, 512, sparse(device));
        bad.makeUnreadable(8192, 512);
        assertThat(allocator.signatures(bad)).extracting(found -> found.info().label()).containsExactly("host");
        bad.makeUnreadable(4096, 512);
        assertThatThrownBy(() -> allocator.signatures(bad)).isInstanceOf(DeviceException.class);
    }

    /** Each failed read costs its retries. */
    @Test
    void aDeadDeviceIsGivenUpSoon() {
        CountingDevice dead = new CountingDevice(POOL_LENGTH, 512, new SparseBytes());
        dead.makeUnreadable(0, POOL_LENGTH);
        assertThatThrownBy(() -> allocator.signatures(dead)).isInstanceOf(DeviceException.class);
        assertThat(dead.failedReads()).isLessThanOrEqualTo(4);
    }

    private static SparseBytes sparse(Superblocks device) {
        SparseBytes bytes = new SparseBytes();
        bytes.write(0, device.bytes);
        return bytes;
    }

    @Test
    void hostileSizesAreNotShown() throws ImagingException {
        Superblocks device = device().text(1024, "H+\0\4").u32big(1064, 0x8000_0000L).u32big(1068, 0xFFFF_FFFFL);
        assertThat(allocator.recognise(new MemoryDevice(device.bytes)).map(Allocation::info))
                .isEqualTo(Optional.of(new FileSystemInfo("HFS+", "", "", 0, 0)));
    }

    @Test
    void aDeviceThatIsAnotherOneNowEndsTheJob() {
        MemoryDevice device = new MemoryDevice(device().xfs("").bytes);
        device.shrinkTo(512);
        assertThatThrownBy(() -> allocator.recognise(device)).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.isDeviceChanged()).isTrue());
    }
}
