package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fixtures.Oracle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every NTFS fixture, against what independent tools say is allocated on it. */
class FixtureRoundTripTest {
    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();

    static List<String> volumes() {
        return Fixtures.ofKind("ntfs");
    }

    static List<String> damagedVolumes() {
        return Fixtures.ofKind("bad-ntfs");
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void usedOnlyImageGivesBackEveryAllocatedByteAndZerosForTheRest(String name) throws Exception {
        Path device = Fixtures.unpack(name, folder);
        Path image = folder.resolve("image.skzimg");
        String sourceDigest = Fixtures.sha256(device);

        ImageResult result = engine.image(TestEngine.request(device, image, false, 2), JobMonitor.NONE);
        assertThat(result.allocator()).isEqualTo("ntfs");
        assertThat(Fixtures.sha256(device)).as("the source is as it was").isEqualTo(sourceDigest);

        VerifyResult verified = engine.verify(TestEngine.verify(image), JobMonitor.NONE);
        assertThat(verified.damages()).isEmpty();
        assertThat(verified.coverage().framesChecked()).isEqualTo(verified.coverage().frameCount()).isPositive();
        assertThat(verified.coverage().fileBytesChecked()).isEqualTo(Files.size(image));

        Path restored = folder.resolve("restored.raw");
        RestoreResult restore = engine.restore(TestEngine.restore(image, restored), JobMonitor.NONE);
        assertThat(restore.bytesVerified()).isEqualTo(result.image().usedBytes());
        assertThat(digestOfUsed(name, restored)).isEqualTo(Oracle.of(name).text("hashUsedOnly"));
        assertThat(tail(name, restored)).as("what lies behind the last cluster").isEqualTo(tail(name, device));
        assertThat(result.linearHashes().get("sha256").toHex()).isEqualTo(Fixtures.sha256(restored));

        Path stock = folder.resolve("stock.raw");
        Fixtures.decompress(image, stock);
        assertThat(Files.mismatch(stock, restored)).as("a plain zstd decoder gives the same bytes").isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void allBlocksImageIsByteIdenticalByBothWays(String name) throws Exception {
        Path device = Fixtures.unpack(name, folder);
        Path image = folder.resolve("image.skzimg");
        engine.image(TestEngine.request(device, image, true, 2), JobMonitor.NONE);
        Path restored = folder.resolve("restored.raw");
        engine.restore(TestEngine.restore(image, restored), JobMonitor.NONE);
        assertThat(Files.mismatch(device, restored)).isEqualTo(-1);
        Path stock = folder.resolve("stock.raw");
        Fixtures.decompress(image, stock);
        assertThat(Files.mismatch(device, stock)).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("damagedVolumes")
    void aVolumeThatContradictsItselfIsImagedWithAllBlocksAndTheReason(String name) throws Exception {
        Path device = Fixtures.unpack(name, folder);
        Path image = folder.resolve("image.skzimg");
        List<String> notices = new ArrayList<>();
        ImageResult result = engine.image(TestEngine.request(device, image, false, 2), new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
        assertThat(result.allocator()).isEqualTo("all");
        assertThat(result.image().spec().usedOnly()).isFalse();
        assertThat(result.linearHashes().get("sha256").toHex()).as("nothing is missing").isEqualTo(Fixtures.sha256(device));
        String reason = result.image().spec().metadata().text("allocation.contradiction").orElseThrow();
        assertThat(reason).contains(device.toString(), "byte");
        assertThat(notices).anyMatch(line -> line.startsWith(reason) && line.endsWith("imaging all blocks"));
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).intact()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void theSameBytesComeOutForAnyNumberOfWorkers(String name) throws Exception {
        Path device = Fixtures.unpack(name, folder);
        byte[] first = null;
        for (int workers : new int[] {1, 3, 8}) {
            Path image = folder.resolve("image-" + workers);
            engine.image(TestEngine.request(device, image, false, workers), JobMonitor.NONE);
            byte[] bytes = withoutTimes(image);
            if (first != null) {
                assertThat(bytes).as("%d workers", workers).isEqualTo(first);
            }
            first = bytes;
        }
    }

    /** Times differ unless SOURCE_DATE_EPOCH fixes them; the content digest covers everything else of the image. */
    private byte[] withoutTimes(Path image) throws ImagingException {
        return engine.info(image.toString()).digests().content().toBytes();
    }

    /** The oracle's digest takes everything outside the allocated clusters as zeros, also behind the last cluster. */
    private String digestOfUsed(String name, Path raw) throws IOException {
        Oracle oracle = Oracle.of(name);
        long clusterSize = oracle.number("clusterSize");
        Path masked = folder.resolve("masked.raw");
        try (FileChannel in = FileChannel.open(raw);
                FileChannel out = FileChannel.open(masked, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long[] range : oracle.ranges("allocated")) {
                long offset = range[0] * clusterSize;
                long length = range[1] * clusterSize;
                out.position(offset);
                in.transferTo(offset, length, out);
            }
            if (out.size() < in.size()) {
                out.write(ByteBuffer.allocate(1), in.size() - 1);
            }
        }
        return Fixtures.sha256(masked);
    }

    private static byte[] tail(String name, Path raw) throws IOException {
        Oracle oracle = Oracle.of(name);
        long clusters = oracle.number("clusterCount") * oracle.number("clusterSize");
        try (InputStream in = Files.newInputStream(raw)) {
            in.skipNBytes(clusters);
            return in.readAllBytes();
        }
    }
}
