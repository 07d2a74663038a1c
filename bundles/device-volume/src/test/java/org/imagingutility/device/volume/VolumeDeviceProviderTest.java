package org.imagingutility.device.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.ControlCode;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.WideText;
import org.junit.jupiter.api.Test;

class VolumeDeviceProviderTest {
    private static final String NAME = "\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}\\";
    private final Map<String, Integer> openErrors = new HashMap<>();
    private final Map<Integer, byte[]> answers = new HashMap<>();
    private final Map<Integer, Integer> controlErrors = new HashMap<>();
    private String mountFolder = "C:\\mnt\\";
    private int driveType = 3;
    private String stands = "\\Device\\HarddiskVolume4";
    private static final int BITMAP = ControlCode.FSCTL_GET_VOLUME_BITMAP.value();
    private long clusterCount = -1;
    private long shift;
    private int error;
    private int closed;
    private String opened;
    private final Map<String, String> systemUses = new HashMap<>();
    private final VolumeDeviceProvider provider = new VolumeDeviceProvider(true, () -> (Kernel32) Proxy.newProxyInstance(
            Kernel32.class.getClassLoader(), new Class<?>[] {Kernel32.class}, (InvocationHandler) (proxy, method, a) -> call(method.getName(), a)),
            kernel -> systemUses);

    VolumeDeviceProviderTest() {
        answers.put(ControlCode.IOCTL_DISK_GET_LENGTH_INFO.value(), bytes(8).putLong(0, 64L << 20).array());
        answers.put(ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX.value(), bytes(40).putInt(20, 4096).putLong(24, 64L << 20).array());
        answers.put(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS.value(),
                bytes(32).putInt(0, 1).putInt(8, 2).putLong(16, 1 << 20).putLong(24, 64L << 20).array());
        answers.put(ControlCode.FSCTL_ALLOW_EXTENDED_DASD_IO.value(), new byte[0]);
        answers.put(ControlCode.IOCTL_DISK_IS_WRITABLE.value(), new byte[0]);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(Object wide) {
        byte[] bytes = (byte[]) wide;
        return new String(bytes, 0, bytes.length - 2, StandardCharsets.UTF_16LE);
    }

    private static int put(Object address, String text) {
        byte[] bytes = WideText.bytes(text);
        new Pointer((long) address).write(0, bytes, 0, bytes.length);
        return text.length();
    }

    private int fail(int code) {
        error = code;
        return 0;
    }

    /** Plays the functions of Windows. */
    private Object call(String function, Object[] a) {
        return switch (function) {
            case "lastError" -> error;
            case "address" -> Pointer.nativeValue(Native.getDirectBufferPointer((ByteBuffer) a[0]));
            case "CreateEventW" -> 9L;
            case "CloseHandle" -> {
                closed++;
                yield 1;
            }
            case "CreateFileW" -> {
                opened = text(a[0]);
                yield openErrors.containsKey(opened) ? (long) fail(openErrors.get(opened)) - 1 : 8L;
            }
            case "DeviceIoControl" -> (int) a[1] == BITMAP ? bitmap((long) a[2], (long) a[4], (int) a[5], (long) a[7])
                    : control((int) a[1], (long) a[4], (int) a[5], (long) a[7]);
            case "GetDiskFreeSpaceW" -> {
                new Pointer((long) a[1]).setInt(0, 8);
                new Pointer((long) a[2]).setInt(0, 512);
                yield 1;
            }
            case "GetOverlappedResult" -> {
                new Pointer((long) a[2]).setInt(0, new Pointer((long) a[1]).getInt(8));
                yield 1;
            }
            case "FormatMessageW" -> put(a[4], "Words");
            case "GetVolumeInformationW" -> text(a[0]).contains("ShadowCopy") ? fail(123)
                    : (long) a[1] != 0 ? put(a[1], "Data") : put(a[6], "FAT32");
            case "GetVolumeInformationByHandleW" -> put(a[6], "ReFS");
            case "GetDriveTypeW" -> driveType;
            case "QueryDosDeviceW" -> put(a[1], stands);
            case "FindFirstVolumeW" -> (long) put(a[0], NAME);
            case "FindNextVolumeW" -> fail(18);
            case "FindVolumeClose" -> 1;
            case "GetVolumeNameForVolumeMountPointW" -> text(a[0]).equals(mountFolder) || text(a[0]).equals("C:\\") ? put(a[1], NAME) : fail(3);
            case "GetVolumePathNamesForVolumeNameW" -> put(a[1], "C:\\\0" + mountFolder + "\0");
            default -> throw new UnsupportedOperationException(function);
        };
    }

    /** Every third cluster is in use. */
    private int bitmap(long in, long out, int length, long overlapped) {
        if (clusterCount < 0) {
            return fail(1);
        }
        long start = new Pointer(in).getLong(0) / 8 * 8;
        long left = clusterCount - start;
        int bytes = (int) Math.min(length - 16, (left + 7) / 8);
        Pointer answer = new Pointer(out);
        answer.setLong(0, start + shift);
        answer.setLong(8, left);
        for (int i = 0; i < bytes; i++) {
            int bits = 0;
            for (int bit = 0; bit < 8; bit++) {
                bits |= (start + i * 8L + bit) % 3 == 0 ? 1 << bit : 0;
            }
            answer.setByte(16 + i, (byte) bits);
        }
        new Pointer(overlapped).setInt(8, 16 + bytes);
        return bytes * 8L < left ? fail(234) : 1;
    }

    private int control(int code, long out, int length, long overlapped) {
        byte[] answer = answers.get(code);
        if (answer == null || controlErrors.containsKey(code)) {
            return fail(controlErrors.getOrDefault(code, 1));
        }
        int count = Math.min(length, answer.length);
        if (count > 0) {
            new Pointer(out).write(0, answer, 0, count);
        }
        new Pointer(overlapped).setInt(8, count);
        return 1;
    }

    @Test
    void aVolumeIsWhatItsDriverSays() throws Exception {
        try (Device device = provider.open("c:\\")) {
            assertThat(device.info()).isEqualTo(new DeviceInfo("c:\\", DeviceKind.VOLUME, 64L << 20, 4096, "Data",
                    Optional.of("\\\\.\\PhysicalDrive2"), List.of("C:\\", "C:\\mnt\\"), false));
        }
        assertThat(opened).isEqualTo("\\\\.\\C:");
    }

    @Test
    void aFolderIsTheVolumeThatIsMountedThereAndNoneIfThatIsAPlainFolder() throws Exception {
        assertThat(provider.accepts("C:\\mnt")).isTrue();
        assertThat(provider.accepts("C:/mnt/")).isTrue();
        assertThat(provider.accepts("C:\\mnt\\disk.img")).isFalse();
        assertThat(provider.accepts("folder/a file.raw")).isFalse();
        try (Device device = provider.open("C:\\mnt")) {
            assertThat(device.info().reference()).isEqualTo("C:\\mnt");
        }
        assertThat(opened).isEqualTo("\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}");
    }

    @Test
    void aSnapshotIsReadOnlyAndNotMounted() throws Exception {
        answers.remove(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS.value());
        try (Device device = provider.open("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3")) {
            assertThat(device.info().kind()).isEqualTo(DeviceKind.SNAPSHOT);
            assertThat(device.info().readOnly()).isTrue();
            assertThat(device.info().mountPoints()).isEmpty();
            assertThat(device.info().parent()).isEmpty();
        }
    }

    @Test
    void withoutTheRightsItIsRefusedWithWhatToDoAndListedAllTheSame() throws Exception {
        openErrors.put("\\\\.\\C:", 5);
        assertThatThrownBy(() -> provider.open("C:")).isInstanceOf(NotPermittedException.class).hasMessageContaining("error 5")
                .satisfies(e -> assertThat(((NotPermittedException) e).remedy()).get().asString().contains("administrator"));
        assertThat(provider.list()).extracting(DeviceInfo::reference, DeviceInfo::length).containsExactly(
                org.assertj.core.groups.Tuple.tuple("C:", 64L << 20));
    }

    @Test
    void withoutAMediumThatIsSaid() throws Exception {
        controlErrors.put(ControlCode.IOCTL_DISK_GET_LENGTH_INFO.value(), 21);
        assertThatThrownBy(() -> provider.open("C:")).isInstanceOf(DeviceException.class).hasMessageContaining("no medium");
        assertThat(closed).as("handle and event").isEqualTo(2);
        controlErrors.put(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS.value(), 21);
        assertThat(provider.list()).extracting(DeviceInfo::length).containsExactly(0L);
    }

    @Test
    void aVolumeWithoutAFileSystemIsReadAsWell() throws Exception {
        controlErrors.put(ControlCode.FSCTL_ALLOW_EXTENDED_DASD_IO.value(), 1);
        provider.open("C:").close();
        controlErrors.put(ControlCode.FSCTL_ALLOW_EXTENDED_DASD_IO.value(), 1167);
        assertThatThrownBy(() -> provider.open("C:")).isInstanceOf(DeviceException.class).hasMessageContaining("1167");
    }

    @Test
    void aLetterThatIsNoVolumeSaysWhatItIs() {
        openErrors.put("\\\\.\\N:", 2);
        stands = "\\??\\C:\\folder";
        assertThatThrownBy(() -> provider.open("N:")).hasMessageContaining("folder \"C:\\folder\"");
        driveType = 4;
        assertThatThrownBy(() -> provider.open("N:")).hasMessageContaining("share of the network");
    }

    private void assertEveryThird(ClustersInUse clusters, int roomBytes) throws Exception {
        ByteBuffer bits = ByteBuffer.allocate(roomBytes);
        long at = 0;
        while (at < clusters.clusterCount()) {
            long told = clusters.read(at, bits.clear());
            assertThat(told).isPositive();
            bits.flip();
            for (long i = 0; i < told; i++) {
                assertThat((bits.get((int) (i / 8)) >> i % 8 & 1) == 1).as("cluster %d", at + i).isEqualTo((at + i) % 3 == 0);
            }
            at += told;
        }
    }

    @Test
    void clustersOfNtfsBeginAtTheBeginningAndAreToldInPieces() throws Exception {
        clusterCount = 16_383;
        answers.put(ControlCode.FSCTL_GET_NTFS_VOLUME_DATA.value(), bytes(96).putLong(16, clusterCount).putInt(44, 4096).array());
        try (Device device = provider.open("C:")) {
            ClustersInUse clusters = device.clustersInUse().orElseThrow();
            assertThat(clusters.firstClusterOffset()).isZero();
            assertThat(clusters.clusterSize()).isEqualTo(4096);
            assertThat(clusters.clusterCount()).isEqualTo(16_383);
            for (int room : new int[] {1, 8, 100, 1 << 20}) {
                assertEveryThird(clusters, room);
            }
        }
    }

    @Test
    void clustersOfOthersBeginWhereTheFileSystemSays() throws Exception {
        clusterCount = 8000;
        answers.put(ControlCode.FSCTL_GET_RETRIEVAL_POINTER_BASE.value(), bytes(8).putLong(0, 2048).array());
        try (Device device = provider.open("C:")) {
            ClustersInUse clusters = device.clustersInUse().orElseThrow();
            assertThat(clusters.fileSystem()).isEqualTo("FAT32");
            assertThat(clusters.firstClusterOffset()).isEqualTo(1 << 20);
            assertThat(clusters.clusterSize()).isEqualTo(4096);
            assertEveryThird(clusters, 64);
        }
    }

    @Test
    void aFileSystemThatDoesNotTellHasNone() throws Exception {
        try (Device device = provider.open("C:")) {
            assertThat(device.clustersInUse()).isEmpty();
        }
    }

    @Test
    void aSnapshotTellsWhatWasInUse() throws Exception {
        clusterCount = 16_383;
        answers.put(ControlCode.FSCTL_GET_NTFS_VOLUME_DATA.value(), bytes(96).putLong(16, clusterCount).putInt(44, 4096).array());
        try (Device device = provider.open("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3")) {
            assertThat(device.info().kind()).isEqualTo(DeviceKind.SNAPSHOT);
            assertEveryThird(device.clustersInUse().orElseThrow(), 64);
            assertThat(device.clustersInUse().orElseThrow().fileSystem()).as("asked by the handle").isEqualTo("ReFS");
        }
    }

    @Test
    void clustersThatCannotBeAreRefused() throws Exception {
        for (long[] countAndSize : new long[][] {{16_385, 4096}, {-1, 4096}, {100, 0}, {100, -4096}, {1L << 60, 4096}}) {
            answers.put(ControlCode.FSCTL_GET_NTFS_VOLUME_DATA.value(), bytes(96).putLong(16, countAndSize[0]).putInt(44, (int) countAndSize[1]).array());
            try (Device device = provider.open("C:")) {
                assertThatThrownBy(device::clustersInUse).isInstanceOf(DeviceException.class).hasMessageContaining("Windows says");
            }
        }
    }

    @Test
    void anAnswerForOtherClustersIsRefused() throws Exception {
        clusterCount = 16_383;
        answers.put(ControlCode.FSCTL_GET_NTFS_VOLUME_DATA.value(), bytes(96).putLong(16, clusterCount).putInt(44, 4096).array());
        try (Device device = provider.open("C:")) {
            ClustersInUse clusters = device.clustersInUse().orElseThrow();
            shift = 8;
            assertThatThrownBy(() -> clusters.read(0, ByteBuffer.allocate(100))).isInstanceOf(DeviceException.class);
            shift = 0;
            clusterCount = 20_000;
            assertThatThrownBy(() -> clusters.read(0, ByteBuffer.allocate(100))).as("it grew").isInstanceOf(DeviceException.class);
        }
    }

    @Test
    void whatWindowsWorksFromIsNoTarget() {
        systemUses.put(NAME, "holds the running Windows");
        assertThatThrownBy(() -> provider.openTarget("C:", new TargetOptions(512, 4096, true))).isInstanceOf(TargetException.class)
                .hasMessageContaining("holds the running Windows");
        assertThat(opened).isNull();
    }

    @Test
    void targetsThatDoNotFitAreRefusedAndGivenBack() {
        answers.put(ControlCode.FSCTL_LOCK_VOLUME.value(), new byte[0]);
        answers.put(ControlCode.FSCTL_DISMOUNT_VOLUME.value(), new byte[0]);
        assertThatThrownBy(() -> provider.openTarget("C:", new TargetOptions(512, 4096, false))).hasMessageContaining("all on it would be lost");
        assertThatThrownBy(() -> provider.openTarget("C:", new TargetOptions((64L << 20) + 1, 4096, true))).hasMessageContaining("1 bytes too small");
        assertThatThrownBy(() -> provider.openTarget("C:", new TargetOptions(512, 512, true))).hasMessageContaining("sectors of 4096");
        controlErrors.put(ControlCode.IOCTL_DISK_IS_WRITABLE.value(), 19);
        assertThatThrownBy(() -> provider.openTarget("C:", new TargetOptions(512, 4096, true))).hasMessageContaining("write-protected");
        assertThatThrownBy(() -> provider.openTarget("\\\\.\\HarddiskVolumeShadowCopy1", new TargetOptions(512, 4096, true)))
                .hasMessageContaining("snapshot");
        assertThat(closed).as("a handle and an event each").isEqualTo(6);
    }

    @Test
    void onOtherSystemsItHasNothing() throws Exception {
        VolumeDeviceProvider elsewhere = new VolumeDeviceProvider(false, () -> {
            throw new AssertionError("asked");
        }, kernel -> Map.of());
        assertThat(elsewhere.accepts("C:")).isFalse();
        assertThat(elsewhere.list()).isEmpty();
    }
}
