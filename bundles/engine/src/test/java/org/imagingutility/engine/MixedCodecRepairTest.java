package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.tck.codec.StoreCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that was resumed with another codec is saved with the one it was started with. */
class MixedCodecRepairTest {
    private static final int FRAME = 64 << 10;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();
    private final byte[] device = new byte[3 * FRAME];

    @Test
    void framesOfAnotherCodecAreCompressedAgain() throws Exception {
        for (int i = 0; i < device.length; i++) {
            device[i] = (byte) (i * 31 >>> 7);
        }
        Plugins plugins = engine.installed();
        Codec store = new StoreCodec();
        plugins.codecs().add(store, 0, () -> Origin.ofModule(store));
        Codec zstd = plugins.codecNamed("zstd");
        Path file = folder.resolve("image");
        makeMixed(plugins, store, zstd, file);
        byte[] damaged = Files.readAllBytes(file);
        // the first frame is stored as it is
        damaged[indexOf(damaged, Arrays.copyOfRange(device, 0, 64))] ^= 1;
        Files.write(file, damaged);

        Path target = folder.resolve("new");
        RepairResult result = engine.repair(new RepairRequest(file.toString(), Optional.of(target.toString()), false, false,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(result.framesKept()).isEqualTo(2);
        assertThat(result.lost()).isEqualTo(new ExtentList.Builder().add(0, FRAME).build());
        assertThat(engine.verify(TestEngine.verify(target), JobMonitor.NONE).damages()).isEmpty();
        Path restored = folder.resolve("restored");
        engine.restore(TestEngine.restore(target, restored), JobMonitor.NONE);
        Arrays.fill(device, 0, FRAME, (byte) 0);
        assertThat(restored).hasBinaryContent(device);
    }

    private void makeMixed(Plugins plugins, Codec first, Codec second, Path file) throws Exception {
        ContainerFormat format = plugins.formatNamed("skz");
        ImageSpec spec = new ImageSpec(device.length, 512, FRAME, FRAME, first.name(), first.wireId(), 0, false,
                Instant.ofEpochSecond(1), 3, 3, Metadata.empty());
        try (ImageFile image = plugins.storeFor(file.toString()).create(file.toString(), new CreateOptions(false, false))) {
            try (ImageWriter writer = format.create(image, spec, plugins)) {
                write(writer, first, 0);
            }
            try (UnfinishedImage unfinished = format.reopen(image, plugins);
                    ImageWriter writer = unfinished.resume(new ResumePoint(1, 0, second.wireId(), 3, FRAME))) {
                write(writer, second, 1);
                write(writer, second, 2);
                writer.finish(Metadata.empty());
            }
            image.publish();
        }
    }

    private void write(ImageWriter writer, Codec codec, int frame) throws Exception {
        byte[] bytes = Arrays.copyOfRange(device, frame * FRAME, (frame + 1) * FRAME);
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(FRAME));
        try (FrameCompressor compressor = codec.newCompressor(codec.traits().defaultLevel())) {
            compressor.compress(ByteBuffer.allocateDirect(FRAME).put(bytes).flip(), stored);
        }
        CRC32C crc = new CRC32C();
        crc.update(stored.flip().duplicate());
        long offset = (long) frame * FRAME;
        writer.beginChunk(new ChunkPlan(offset, FRAME, new ExtentList.Builder().add(offset, FRAME).build()));
        writer.writeFrame(new FrameInfo(frame, FrameKind.DATA, FRAME, stored.remaining(), (int) crc.getValue(),
                Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes))), stored);
        writer.endChunk();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
