package org.imagingutility.device.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.ControlCode;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.WideText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A drive with a volume on it, and a volume elsewhere. */
class DriveTargetTest {
    private static final int LENGTH = 4 << 20;
    private static final int HEAD = 1 << 20;
    private static final String OURS = "\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}\\";
    private static final String ELSEWHERE = "\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000066}\\";
    private final byte[] drive = new byte[LENGTH];
    private final byte[] before = new byte[LENGTH];
    private final List<String> opened = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private Map<String, String> systemUses = Map.of();
    private boolean lockable = true;
    private int listed;
    private int error;
    private int handles;
    private final DriveDeviceProvider provider = new DriveDeviceProvider(true, () -> (Kernel32) Proxy.newProxyInstance(
            Kernel32.class.getClassLoader(), new Class<?>[] {Kernel32.class}, (InvocationHandler) (proxy, method, a) -> call(method.getName(), a)),
            kernel -> systemUses);

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(before);
        System.arraycopy(before, 0, drive, 0, LENGTH);
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

    /** Plays the functions of Windows: handles are numbers of {@link #opened}, and events are odd. */
    private Object call(String function, Object[] a) {
        return switch (function) {
            case "lastError" -> error;
            case "address" -> Pointer.nativeValue(Native.getDirectBufferPointer((ByteBuffer) a[0]));
            case "CreateEventW" -> 1_000_001L;
            case "CloseHandle" -> {
                handles -= (long) a[0] < 1_000_000 ? 1 : 0;
                yield 1;
            }
            case "CreateFileW" -> {
                opened.add(text(a[0]));
                handles++;
                yield (long) opened.size();
            }
            case "DeviceIoControl" -> control(opened.get((int) (long) a[0] - 1), (int) a[1], (long) a[4], (long) a[7]);
            case "ReadFile", "WriteFile" -> transfer(function, (long) a[1], (int) a[2], (long) a[4]);
            case "GetOverlappedResult" -> {
                new Pointer((long) a[2]).setInt(0, new Pointer((long) a[1]).getInt(8));
                yield 1;
            }
            case "FlushFileBuffers" -> {
                calls.add("flush");
                yield 1;
            }
            case "FormatMessageW" -> put(a[4], "Words");
            case "FindFirstVolumeW" -> {
                listed = 1;
                yield (long) put(a[0], OURS);
            }
            case "FindNextVolumeW" -> listed++ == 1 ? put(a[1], ELSEWHERE) : fail(18);
            case "FindVolumeClose" -> 1;
            case "GetVolumePathNamesForVolumeNameW" -> put(a[1], "S:\\\0");
            default -> throw new UnsupportedOperationException(function);
        };
    }

    private int transfer(String function, long buffer, int length, long overlapped) {
        int offset = (int) new Pointer(overlapped).getLong(16);
        if (function.equals("ReadFile")) {
            new Pointer(buffer).write(0, drive, offset, length);
        } else {
            calls.add("write " + offset + "+" + length);
            new Pointer(buffer).read(0, drive, offset, length);
        }
        new Pointer(overlapped).setInt(8, length);
        return 1;
    }

    private int control(String device, int code, long out, long overlapped) {
        ByteBuffer answer = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        if (code == ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS.value()) {
            answer.putInt(0, 1).putInt(8, device.contains("65") ? 3 : 0).putLong(16, 0).putLong(24, 1 << 20);
        } else if (code == ControlCode.IOCTL_DISK_GET_LENGTH_INFO.value()) {
            answer.putLong(0, LENGTH);
        } else if (code == ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX.value()) {
            answer.putInt(20, 512).putLong(24, LENGTH);
        } else if (code == ControlCode.FSCTL_LOCK_VOLUME.value()) {
            calls.add("lock " + device);
            return lockable ? 1 : fail(1117);
        } else if (code == ControlCode.FSCTL_DISMOUNT_VOLUME.value()) {
            calls.add("dismount " + device);
        } else if (code == ControlCode.IOCTL_DISK_UPDATE_PROPERTIES.value()) {
            calls.add("update");
        } else if (code != ControlCode.IOCTL_DISK_IS_WRITABLE.value()) {
            return fail(1);
        }
        int length = code == ControlCode.IOCTL_DISK_GET_LENGTH_INFO.value() ? 8 : 40;
        if (out != 0) {
            new Pointer(out).write(0, answer.array(), 0, code == ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS.value() ? 32 : length);
        }
        new Pointer(overlapped).setInt(8, length);
        return 1;
    }

    private WritableDevice open(long requiredLength) throws Exception {
        return provider.openTarget("\\\\.\\PhysicalDrive3", new TargetOptions(requiredLength, 512, true));
    }

    private static ByteBuffer ofBytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.allocateDirect(length + 8192).alignedSlice(4096).limit(length).put(bytes).flip();
    }

    private byte[] head() {
        return Arrays.copyOf(drive, HEAD);
    }

    @Test
    void itsOwnVolumesAreLockedAndDismountedAndNoOthersAndGivenBackAtTheEnd() throws Exception {
        WritableDevice target = open(LENGTH);
        String volume = OURS.substring(0, OURS.length() - 1);
        assertThat(calls).containsExactly("lock " + volume, "dismount " + volume);
        assertThat(handles).as("the drive and its volume").isEqualTo(2);
        target.close();
        target.close();
        assertThat(handles).isZero();
        assertThat(drive).as("nothing was written").isEqualTo(before);
    }

    @Test
    void whereAVolumeCannotBeLockedNothingStaysOpen() {
        lockable = false;
        assertThatThrownBy(() -> open(LENGTH)).isInstanceOf(TargetException.class).hasMessageContaining("volume S:\\");
        assertThat(handles).isZero();
    }

    @Test
    void aDriveThatWindowsWorksFromIsRefusedBeforeAnythingIsLocked() {
        systemUses = Map.of(OURS, "holds the running Windows");
        assertThatThrownBy(() -> open(LENGTH)).isInstanceOf(TargetException.class).hasMessageContaining("holds the running Windows");
        assertThat(calls).isEmpty();
        systemUses = Map.of(ELSEWHERE, "holds the running Windows");
        assertThatThrownBy(() -> provider.openTarget("\\\\.\\PhysicalDrive3", new TargetOptions(LENGTH, 512, false)))
                .isInstanceOf(TargetException.class).hasMessageContaining("all on it would be lost");
    }

    @Test
    void theBeginningIsWrittenLastAndZerosStandThereUntilThen() throws Exception {
        try (WritableDevice target = open(LENGTH)) {
            calls.clear();
            target.write(2 << 20, ofBytes(4096, 1));
            assertThat(head()).isEqualTo(new byte[HEAD]);
            target.write(0, ofBytes(512, 2));
            target.write(HEAD - 512, ofBytes(1024, 3));
            assertThat(head()).isEqualTo(new byte[HEAD]);
            ByteBuffer back = ofBytes(1024, 0);
            target.read(HEAD - 512, back);
            assertThat(back.flip()).as("what is read is what was written").isEqualTo(ofBytes(1024, 3));
            target.complete();
            assertThat(calls).endsWith("write 0+" + HEAD, "flush", "update").contains("write " + HEAD + "+512");
            assertThat(calls.get(calls.size() - 4)).as("the rest is on the drive first").isEqualTo("flush");
        }
        byte[] expected = before.clone();
        Arrays.fill(expected, 0, 512, (byte) 2);
        Arrays.fill(expected, HEAD - 512, HEAD + 512, (byte) 3);
        Arrays.fill(expected, 2 << 20, (2 << 20) + 4096, (byte) 1);
        assertThat(drive).isEqualTo(expected);
    }

    @Test
    void aDriveThatIsGivenUpHasNoPartitionTable() throws Exception {
        try (WritableDevice target = open(LENGTH)) {
            target.write(0, ofBytes(4096, 2));
        }
        assertThat(head()).isEqualTo(new byte[HEAD]);
        assertThat(Arrays.copyOfRange(drive, HEAD, LENGTH)).isEqualTo(Arrays.copyOfRange(before, HEAD, LENGTH));
    }

    @Test
    void whatIsReadPastTheCacheIsOnTheDrive() throws Exception {
        try (WritableDevice target = open(LENGTH)) {
            target.write(0, ofBytes(4096, 2));
            assertThat(target.bypassCache(true)).isTrue();
            assertThat(drive[0]).isEqualTo((byte) 2);
            target.write(512, ofBytes(512, 4));
            target.complete();
        }
        assertThat(Arrays.copyOf(drive, 1024)).isEqualTo(concat(2, 4));
    }

    private static byte[] concat(int first, int second) {
        byte[] bytes = new byte[1024];
        Arrays.fill(bytes, 0, 512, (byte) first);
        Arrays.fill(bytes, 512, 1024, (byte) second);
        return bytes;
    }

    @Test
    void whereOnlyTheBeginningIsRestoredNothingIsHeldBack() throws Exception {
        try (WritableDevice target = open(1000)) {
            target.write(0, ofBytes(1000, 5));
            target.complete();
        }
        byte[] expected = before.clone();
        Arrays.fill(expected, 0, 1000, (byte) 5);
        assertThat(drive).isEqualTo(expected);
    }
}
