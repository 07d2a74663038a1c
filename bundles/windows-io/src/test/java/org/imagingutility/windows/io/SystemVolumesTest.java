package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemVolumesTest {
    private static final String C = "\\\\?\\Volume{00000000-0000-0000-0000-00000000000c}\\";
    private static final String D = "\\\\?\\Volume{00000000-0000-0000-0000-00000000000d}\\";
    private static final String BOOT = "\\\\?\\Volume{00000000-0000-0000-0000-00000000000b}\\";
    private static final String E = "\\\\?\\Volume{00000000-0000-0000-0000-00000000000e}\\";
    private final FakeWindows windows = new FakeWindows();
    private final Map<String, String> registry = new HashMap<>();
    private int missing = ErrorCode.FILE_NOT_FOUND;

    private final class Registry implements Advapi32 {
        @Override
        public int OpenProcessToken(long process, int access, long token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int GetTokenInformation(long token, int what, long information, int length, long returned) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int RegGetValueW(long key, byte[] path, byte[] value, int flags, long type, long data, long size) {
            assertThat(key).as("HKEY_LOCAL_MACHINE").isEqualTo(0xFFFFFFFF80000002L);
            String text = registry.get(FakeWindows.text(value));
            if (text == null) {
                return missing;
            }
            byte[] bytes = (text + "\0\0").getBytes(StandardCharsets.UTF_16LE);
            assertThat(new Pointer(size).getInt(0)).isGreaterThan(bytes.length);
            new Pointer(data).write(0, bytes, 0, bytes.length);
            return 0;
        }
    }

    @Test
    void thoseOfWindowsOfItsStartAndOfPageFilesAndNoOthers() throws Exception {
        windows.volumes.addAll(List.of(C, D, E, BOOT));
        windows.mountPoints.put(C, List.of("C:\\"));
        windows.mountPoints.put(D, List.of("D:\\"));
        windows.mountPoints.put(E, List.of("E:\\"));
        SystemVolumes volumes = new SystemVolumes(windows.kernel(), new Registry());
        assertThat(volumes.uses()).containsOnlyKeys(C);
        registry.put("SystemPartition", "\\Device\\" + BOOT.substring(4, BOOT.length() - 1));
        registry.put("ExistingPageFiles", "\\??\\C:\\pagefile.sys\0\\??\\D:\\pagefile.sys");
        assertThat(volumes.uses()).containsOnlyKeys(C, D, BOOT);
        assertThat(volumes.uses().get(C)).isEqualTo("holds the running Windows");
        assertThat(volumes.uses().get(D)).contains("page file");
    }

    /** A volume that cannot say what is below it is one with a page file all the same, and one that is gone hinders nothing. */
    @Test
    void aPageFileIsOfTheVolumeWithItsLetterWhereWindowsDoesNotTell() throws Exception {
        windows.volumes.addAll(List.of(C, D));
        windows.mountPoints.put(C, List.of("C:\\"));
        windows.mountPoints.put(D, List.of("D:\\"));
        windows.notReady.addAll(List.of("D:\\", "X:\\"));
        registry.put("ExistingPageFiles", "\\??\\D:\\pagefile.sys\0\\??\\X:\\pagefile.sys");
        assertThat(new SystemVolumes(windows.kernel(), new Registry()).uses()).containsOnlyKeys(C, D);
    }

    @Test
    void whatTheRegistryDoesNotTellIsNotTakenForNothing() {
        missing = ErrorCode.ACCESS_DENIED;
        windows.volumes.add(C);
        windows.mountPoints.put(C, List.of("C:\\"));
        SystemVolumes volumes = new SystemVolumes(windows.kernel(), new Registry());
        assertThatThrownBy(volumes::uses).isInstanceOf(WindowsException.class).hasMessageContaining("SystemPartition");
    }
}
