package org.imagingutility.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.FaultyDevice;
import org.junit.jupiter.api.io.TempDir;

/** What tests of disks with unreadable sectors have in common. */
abstract class ReadErrorsTrial {
    static final int FRAME = 64 << 10;

    @TempDir
    Path folder;

    final List<String> notices = new ArrayList<>();
    final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };

    byte[] volume() throws Exception {
        Path volume = folder.resolve("ntfs-badclus.img");
        return Files.readAllBytes(Files.exists(volume) ? volume : Fixtures.unpack("ntfs-badclus", folder));
    }

    static FaultyDisk disk(byte[] bytes, int sectorSize, BitSet bad) {
        FaultyDisk disk = new FaultyDisk(bytes, sectorSize);
        bad.stream().forEach(sector -> disk.device().bad(sector, FaultyDevice.FOREVER));
        return disk;
    }

    static TestEngine engine(FaultyDisk disk) {
        TestEngine engine = new TestEngine();
        engine.plugins.deviceProviders().add(disk, 100, () -> Origin.ofModule(disk));
        return engine;
    }

    static ReadErrors record(int retries) {
        return new ReadErrors(true, retries, Duration.ZERO, Optional.empty(), false);
    }

    static ImageRequest request(Path image, ReadErrors readErrors, List<String> hashes) {
        return new ImageRequest(FaultyDisk.REFERENCE, image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), readErrors,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(4L * FRAME)),
                PipelineOptions.DEFAULT, hashes);
    }

    static ImageRequest usedOnly(Path image, ReadErrors readErrors) {
        ImageRequest all = request(image, readErrors, List.of());
        return new ImageRequest(all.device(), all.target(), all.output(), ImageRequest.Source.DEFAULT, readErrors, all.layout(),
                all.pipeline(), all.linearHashes());
    }

    static ExtentList ranges(BitSet bad, int sectorSize) {
        ExtentList.Builder ranges = new ExtentList.Builder();
        bad.stream().forEach(sector -> ranges.add((long) sector * sectorSize, sectorSize));
        return ranges.build();
    }

    static byte[] withoutBad(byte[] bytes, BitSet bad, int sectorSize) {
        byte[] expected = bytes.clone();
        bad.stream().forEach(sector -> Arrays.fill(expected, sector * sectorSize, (sector + 1) * sectorSize, (byte) 0));
        return expected;
    }
}
