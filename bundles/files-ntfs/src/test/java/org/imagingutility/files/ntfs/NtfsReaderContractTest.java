package org.imagingutility.files.ntfs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.files.FileSystemReaderContract;
import org.imagingutility.tck.files.FileSystemReaderContract.VolumeSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class NtfsReaderContractTest {
    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        Map<String, VolumeSource> samples = new LinkedHashMap<>();
        for (String name : new String[] {"ntfs-c1024", "ntfs-s4096"}) {
            byte[] bytes = Volumes.fixture(name, folder);
            samples.put(name, () -> Volumes.device(bytes));
        }
        return new FileSystemReaderContract(new NtfsReader(), samples).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
