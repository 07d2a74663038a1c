package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.GapFramesTest;
import org.imagingutility.format.skz.support.ExampleImage;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code zstd} command, which knows nothing of this format, tests and restores an image. */
@Tag("tools")
class StockZstdTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsZstd() {
        Tools.require(Assumptions::abort, "zstd");
    }

    @Test
    void testsAndRestoresAnImage() throws ImagingException, IOException, InterruptedException {
        MemoryFile streamed = new MemoryFile(false);
        TestImage.small(1).write(streamed);
        restores(TestImage.small(1).bytes(), TestImage.small(1).device());
        restores(streamed.toBytes(), TestImage.small(1).device());
        restores(TestImage.withTailGap(2).bytes(), TestImage.withTailGap(2).device());
        restores(TestImage.unreadable(1).bytes(), TestImage.unreadable(1).device());
        restores(ExampleImageTest.golden(), ExampleImage.device());
        restores(TestImage.many(5).planned(2, 5).bytes(), TestImage.many(5).device());
    }

    @Test
    void restoresAGapOfGigabytes() throws ImagingException, IOException, InterruptedException {
        Path image = Files.write(folder.resolve("wide.skzimg"), GapFramesTest.wide());
        Path restored = folder.resolve("wide.raw");
        run("zstd", "-d", "--sparse", image.toString(), "-o", restored.toString());
        assertThat(restored).hasSize((5L << 29) + (64L << 22) + 512);
    }

    private void restores(byte[] bytes, byte[] device) throws IOException, InterruptedException {
        Path image = Files.write(folder.resolve("image.skzimg"), bytes);
        Path restored = folder.resolve("device.raw");
        run("zstd", "-t", image.toString());
        run("zstd", "-d", "-f", image.toString(), "-o", restored.toString());
        assertThat(Files.readAllBytes(restored)).isEqualTo(device);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        assertThat(exit).as(List.of(command) + ": " + Files.readString(log)).isZero();
    }
}
