package org.imagingutility.allocator.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.AllocatorContract;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.MemoryDevice;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OtherAllocatorTest {
    private static final int LENGTH = 300_032;
    private static final String UUID = "00112233445566778899aabbccddeeff";
    private static final String SPELT = "00112233-4455-6677-8899-aabbccddeeff";

    private final OtherAllocator allocator = new OtherAllocator();

    /** A device with pieces at offsets: texts, or bytes as hexadecimal digits behind "0x". */
    private static byte[] device(Object... pieces) {
        byte[] device = new byte[LENGTH];
        for (int i = 0; i < pieces.length; i += 2) {
            String piece = (String) pieces[i + 1];
            byte[] bytes = piece.startsWith("0x") ? HexFormat.of().parseHex(piece.substring(2))
                    : piece.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, device, (Integer) pieces[i], bytes.length);
        }
        return device;
    }

    private static final Map<FileSystemInfo, byte[]> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(new FileSystemInfo("XFS", "data", SPELT, 4096, 73),
                device(0, "XFSB", 4, "0x00001000", 8, "0x0000000000000049", 32, "0x" + UUID, 108, "data"));
        KNOWN.put(new FileSystemInfo("btrfs", "pool", SPELT, 4096, 73), device(65_536 + 0x40, "_BHRfS_M", 65_536 + 0x20,
                "0x" + UUID, 65_536 + 0x70, "0x0094040000000000", 65_536 + 0x90, "0x00100000", 65_536 + 0x12B, "pool"));
        KNOWN.put(new FileSystemInfo("LUKS1", "", SPELT, 0, 0), device(0, "LUKS\u00BA\u00BE\0\1", 168, SPELT));
        KNOWN.put(new FileSystemInfo("LUKS2", "secret", SPELT, 0, 0),
                device(0, "LUKS\u00BA\u00BE\0\2", 24, "secret", 168, SPELT));
        KNOWN.put(new FileSystemInfo("LVM2 physical volume", "", "abcdefghijklmnopqrstuvwxyz012345", 0, 0),
                device(512, "LABELONE", 512 + 20, "0x20000000", 512 + 24, "LVM2 001", 544, "abcdefghijklmnopqrstuvwxyz012345"));
        KNOWN.put(new FileSystemInfo("Linux RAID member", "host:0", SPELT, 0, 0),
                device(4096, "0xfc4e2ba901000000", 4112, "0x" + UUID, 4128, "host:0"));
        KNOWN.put(new FileSystemInfo("Linux RAID member", "end", SPELT, 0, 0),
                device(290_816, "0xfc4e2ba901000000", 290_832, "0x" + UUID, 290_848, "end"));
        KNOWN.put(new FileSystemInfo("Linux RAID member", "", "", 0, 0), device(196_608, "0xfc4e2ba900000000"));
        KNOWN.put(new FileSystemInfo("BitLocker", "", "", 0, 0), device(3, "-FVE-FS-"));
        KNOWN.put(new FileSystemInfo("ReFS", "", "", 0, 0), device(3, "ReFS", 16, "FSRS"));
        KNOWN.put(new FileSystemInfo("F2FS", "phone", SPELT, 0, 0),
                device(1024, "0x1020f5f2", 1024 + 108, "0x" + UUID, 1024 + 124, "p\0h\0o\0n\0e\0"));
        KNOWN.put(new FileSystemInfo("APFS", "", SPELT, 0, 0), device(32, "NXSB", 72, "0x" + UUID));
        KNOWN.put(new FileSystemInfo("HFS+", "", "", 4096, 73), device(1024, "H+\0\4", 1064, "0x0000100000000049"));
        KNOWN.put(new FileSystemInfo("Linux swap", "sw", SPELT, 0, 0),
                device(4086, "SWAPSPACE2", 1036, "0x" + UUID, 1052, "sw"));
        KNOWN.put(new FileSystemInfo("Linux swap", "", "", 0, 0), device(65_526, "SWAPSPACE2"));
        KNOWN.put(new FileSystemInfo("ISO 9660", "DISC", "", 0, 0), device(32_768, "\1CD001\1", 32_808, "DISC      "));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        Map<String, AllocatorContract.DeviceSource> samples = new LinkedHashMap<>();
        samples.put("XFS", () -> new MemoryDevice(KNOWN.values().iterator().next()));
        return new AllocatorContract(allocator, samples).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @TestFactory
    Stream<DynamicTest> namesWhatItKnowsAndTakesAllOfIt() {
        return KNOWN.entrySet().stream().map(known -> DynamicTest.dynamicTest(known.getKey().toString(), () -> {
            Allocation allocation = allocator.recognise(new MemoryDevice(known.getValue())).orElseThrow();
            assertThat(allocation.info()).isEqualTo(known.getKey());
            try (ExtentCursor cursor = allocation.extents()) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.offset()).isZero();
                assertThat(cursor.length()).isEqualTo(LENGTH);
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

    @Test
    void hostileSizesAreNotShown() throws ImagingException {
        byte[] device = device(0, "XFSB", 4, "0x00000001", 8, "0xffffffffffffffff");
        assertThat(allocator.recognise(new MemoryDevice(device)).map(Allocation::info))
                .isEqualTo(Optional.of(new FileSystemInfo("XFS", "", "", 0, 0)));
    }

    @Test
    void aDeviceThatIsAnotherOneNowEndsTheJob() {
        MemoryDevice device = new MemoryDevice(device(0, "XFSB"));
        device.shrinkTo(512);
        assertThatThrownBy(() -> allocator.recognise(device)).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.isDeviceChanged()).isTrue());
    }
}
