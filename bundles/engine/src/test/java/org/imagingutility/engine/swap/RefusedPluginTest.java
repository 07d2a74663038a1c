package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in the place of a plug-in and does not fit. */
class RefusedPluginTest {
    @TempDir
    private Path folder;
    private SwapTrial trial;
    private Path whole;

    @BeforeEach
    void makeAnImageThatNothingDisturbs() throws Exception {
        trial = new SwapTrial(folder);
        whole = folder.resolve("whole.skzimg");
        trial.engine.image(trial.request(whole), JobMonitor.NONE);
    }

    @Test
    void aCodecOfAnotherWireIdIsRefused() throws Exception {
        imageWith(trial.engine.installed().codecs(), zstd -> new Wrapped(zstd, 40_000, 0), "its wire id is 40000, the job needs 1");
    }

    @Test
    void aCodecWhoseRoundTripIsBrokenIsRefused() throws Exception {
        imageWith(trial.engine.installed().codecs(), zstd -> new Wrapped(zstd, 1, 1), "is refused");
    }

    @Test
    void aCodecThatReadsOnlyItsOwnFramesIsRefused() throws Exception {
        imageWith(trial.engine.installed().codecs(), zstd -> new Wrapped(zstd, 1, 2), "is refused");
    }

    @Test
    void aVerificationRefusesABrokenCodecAndFindsNoDamage() throws Exception {
        Trouble<Codec> trouble = new Trouble<>(trial.engine.installed().codecs(), zstd -> new Wrapped(zstd, 1, 2));
        var result = trial.engine.verify(new VerifyRequest(whole.toString(), false, trial.request(whole).pipeline()),
                trouble.monitor);
        trouble.check("is refused");
        assertThat(result.damages()).isEmpty();
    }

    @Test
    void aProviderWhoseDeviceIsAnotherOneIsRefused() throws Exception {
        Path other = Files.write(folder.resolve("other.raw"), new byte[SwapTrial.LENGTH + 512]);
        imageWith(trial.engine.installed().deviceProviders(), file -> new Elsewhere(file, other.toString()),
                "its device is another one");
    }

    private interface Change<P> {
        P of(P plugin);
    }

    private <P> void imageWith(PluginSet<P> set, Change<P> wrong, String reason) throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        Trouble<P> trouble = new Trouble<>(set, wrong);
        ImageResult result = trial.engine.image(trial.request(image), trouble.monitor);
        trouble.check(reason);
        assertThat(result.linearHashes()).isNotEmpty();
        assertThat(image).hasSameBinaryContentAs(whole);
    }

    /** Puts a wrong plug-in in the place of the right one, and that back when the job has refused the wrong one. */
    private final class Trouble<P> {
        private final PluginSet<P> set;
        private final P right;
        private final P wrong;
        private final List<PluginInfo> listed = new ArrayList<>();
        private final SwapMonitor monitor;
        private boolean back;

        Trouble(PluginSet<P> set, Change<P> change) {
            this.set = set;
            this.right = set.all().get(0);
            this.wrong = change.of(right);
            this.monitor = new SwapMonitor(this::asked);
        }

        private void asked(int count) {
            if (count == 40) {
                Thread swap = new Thread(() -> {
                    set.remove(right);
                    set.add(wrong, 0, () -> Origin.ofModule(wrong));
                });
                swap.start();
                while (set.all().contains(right) && swap.isAlive()) {
                    Thread.onSpinWait(); // else the job may be done before
                }
            } else if (!back && count > 40 && monitor.notices().stream().anyMatch(line -> line.contains("refused"))) {
                back = true;
                listed.addAll(trial.engine.plugins());
                set.add(right, 0, () -> Origin.ofModule(right));
            }
        }

        void check(String reason) throws Exception {
            assertThat(monitor.notices()).anySatisfy(line -> assertThat(line).contains(reason));
            assertThat(listed).anySatisfy(plugin -> assertThat(plugin.state()).contains("refused"));
            // what clashes with the right one stays refused, what a job did not take was so as long as that job ran
            assertThat(trial.engine.plugins()).filteredOn(plugin -> plugin.unused().isEmpty())
                    .noneSatisfy(plugin -> assertThat(plugin.state()).contains("refused"));
        }
    }

    /** Another codec of the same name: fault 1 loses a bit on the way back, fault 2 stores everything its own way. */
    private record Wrapped(Codec codec, int wireId, int fault) implements Codec {
        @Override
        public String name() {
            return codec.name();
        }

        @Override
        public CodecTraits traits() {
            return codec.traits();
        }

        @Override
        public int maxStoredLength(int contentLength) {
            return codec.maxStoredLength(contentLength);
        }

        @Override
        public FrameCompressor newCompressor(int level) throws CodecException {
            FrameCompressor compressor = codec.newCompressor(level);
            return new FrameCompressor() {
                @Override
                public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
                    int start = stored.position();
                    compressor.compress(content, stored);
                    flip(stored, start, fault == 2);
                }

                @Override
                public void close() {
                    compressor.close();
                }
            };
        }

        @Override
        public FrameDecompressor newDecompressor() throws CodecException {
            FrameDecompressor decompressor = codec.newDecompressor();
            return new FrameDecompressor() {
                @Override
                public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
                    flip(stored, stored.position(), fault == 2);
                    int start = content.position();
                    decompressor.decompress(stored, content);
                    flip(content, start, fault == 1);
                }

                @Override
                public void close() {
                    decompressor.close();
                }
            };
        }

        private static void flip(ByteBuffer bytes, int at, boolean wanted) {
            if (wanted) {
                bytes.put(at, (byte) ~bytes.get(at));
            }
        }

        @Override
        public void encodeZeroRun(long zeroCount, ByteBuffer stored) throws CodecException {
            codec.encodeZeroRun(zeroCount, stored);
        }

        @Override
        public int zeroRunLength(long zeroCount) throws CodecException {
            return codec.zeroRunLength(zeroCount);
        }
    }

    /** Opens another device than the one that is asked for. */
    private record Elsewhere(DeviceProvider provider, String other) implements DeviceProvider {
        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public List<DeviceInfo> list() throws ImagingException {
            return provider.list();
        }

        @Override
        public boolean accepts(String reference) {
            return provider.accepts(reference);
        }

        @Override
        public Device open(String reference) throws ImagingException {
            return provider.open(other);
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
            return provider.openTarget(reference, options);
        }

        @Override
        public WritableDevice reopenTarget(String reference, TargetOptions options, String parked) throws ImagingException {
            return provider.reopenTarget(reference, options, parked);
        }
    }
}
