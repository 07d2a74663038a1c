package org.imagingutility.tck.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link Codec} keeps: content comes back, stored bytes are the same each time and fit, and no stored bytes,
 * however made, do harm. That a stock command reads the frames needs that command: a codec's own test shows it.
 */
public final class CodecContract implements Contract {
    private static final List<Integer> LENGTHS = List.of(1, 2, 511, 512, 513, 4095, 4097, 65_535, 65_536, 65_537, 1 << 20);
    private static final int SMALL = 3000;
    private static final int LONGEST_RUN_TRIED = 16 << 20;
    private static final byte GUARD = 0x5A;

    private final Codec codec;
    private final CodecTrial trial;

    /** Creates the contract for {@code codec}. */
    public CodecContract(Codec codec) {
        this.codec = codec;
        this.trial = new CodecTrial(codec);
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>(List.of(
                new ContractCheck("has a permanent name and wire id", this::identity),
                new ContractCheck("bounds the stored length", this::bounds),
                new ContractCheck("content of every length and kind comes back", this::roundTrips),
                new ContractCheck("content comes back at the lowest and highest level", this::levels),
                new ContractCheck("moves positions to the end and touches nothing else", this::positions),
                new ContractCheck("same content gives same bytes, whatever came before", this::deterministic),
                new ContractCheck("serves several threads at once", this::threads),
                new ContractCheck("refuses stored bytes of another content length", this::otherLength),
                new ContractCheck("survives cut stored bytes", this::truncated),
                new ContractCheck("survives every flipped bit", this::flipped),
                new ContractCheck("survives random stored bytes", this::random),
                new ContractCheck("survives bytes behind the stored ones", this::trailing),
                new ContractCheck("decompresses again after an error", this::afterError),
                new ContractCheck("closes twice and is of no use after", this::closed)));
        if (codec.traits().maxZeroRun() > 0) {
            checks.add(new ContractCheck("zero runs of every length become zeros", this::zeroRuns));
            checks.add(new ContractCheck("refuses zero runs of no or too great a length", this::wrongZeroRuns));
        } else {
            checks.add(new ContractCheck("says that it has no zero runs", this::noZeroRuns));
        }
        return List.copyOf(checks);
    }

    private void identity() {
        Expect.permanentName(codec.name());
        Expect.that(codec.wireId() >= 1 && codec.wireId() <= 0xFFFF, "wire id %d is not in 1..65535", codec.wireId());
        codec.traits().stockCommand().ifPresent(c -> Expect.that(!c.isBlank(), "the stock command is blank"));
    }

    private void bounds() {
        for (int length : List.of(1, 512, 65_536, 1 << 20, 4 << 20, 64 << 20)) {
            int bound = codec.maxStoredLength(length);
            long most = length + length / 100L + (64 << 10);
            Expect.that(bound > 0 && bound <= most, "maxStoredLength(%d) is %d, not in 1..%d", length, bound, most);
        }
    }

    private void roundTrips() throws CodecException {
        for (int length : LENGTHS) {
            for (byte[] content : List.of(new byte[length], Content.text(length, length), Content.random(length, length))) {
                trial.roundTrip(content, codec.traits().defaultLevel());
            }
        }
    }

    private void levels() throws CodecException {
        for (int level : List.of(codec.traits().minLevel(), codec.traits().maxLevel())) {
            trial.roundTrip(Content.text(100_000, level), level);
            trial.roundTrip(Content.random(100_000, level), level);
        }
    }

    private void positions() throws CodecException {
        byte[] content = Content.text(SMALL, 1);
        int before = 16;
        ByteBuffer source = ByteBuffer.allocateDirect(before + SMALL + 8).position(before).put(content).flip().position(before);
        ByteBuffer stored = guarded(before, codec.maxStoredLength(SMALL));
        try (FrameCompressor compressor = codec.newCompressor(codec.traits().defaultLevel())) {
            compressor.compress(source, stored);
        }
        Expect.equal(source.limit(), source.position(), "position of the content after compressing");
        Expect.equal(before + codec.maxStoredLength(SMALL), stored.limit(), "limit of the stored bytes after compressing");
        expectGuards(stored, before, stored.limit(), "stored buffer");
        ByteBuffer back = guarded(before, SMALL);
        ByteBuffer packed = stored.duplicate().flip().position(before);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(packed, back);
        }
        Expect.equal(packed.limit(), packed.position(), "position of the stored bytes after decompressing");
        Expect.equal(back.limit(), back.position(), "position of the content after decompressing");
        expectGuards(back, before, before + SMALL, "content buffer");
        Expect.equalBytes(content, Content.bytes(back.position(before)), "content");
    }

    private static ByteBuffer guarded(int before, int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(before + length + before);
        while (buffer.hasRemaining()) {
            buffer.put(GUARD);
        }
        return buffer.position(before).limit(before + length);
    }

    private static void expectGuards(ByteBuffer buffer, int from, int to, String what) {
        for (int i = 0; i < buffer.capacity(); i++) {
            byte found = buffer.duplicate().clear().get(i);
            Expect.that(i >= from && i < to || found == GUARD, "%s: byte %d outside the room given was changed", what, i);
        }
    }

    private void deterministic() throws CodecException {
        byte[] content = Content.text(50_000, 2);
        Set<Integer> levels = new TreeSet<>(List.of(codec.traits().minLevel(), codec.traits().defaultLevel()));
        for (int level : levels) {
            byte[] first = trial.compress(content, level);
            try (FrameCompressor used = codec.newCompressor(level)) {
                for (int i = 0; i < 20; i++) {
                    trial.compress(used, Content.random(1 + i * 997, i));
                    trial.compress(used, Content.text(1 + i * 7919, i));
                    Expect.equalBytes(first, trial.compress(used, content), "stored bytes at level " + level + ", round " + i);
                }
            }
        }
    }

    private void threads() throws Exception {
        byte[] content = Content.text(200_000, 3);
        byte[] expected = trial.compress(content, codec.traits().defaultLevel());
        Threads.together(thread -> {
            for (int i = 0; i < 10; i++) {
                Expect.equalBytes(expected, trial.compress(content, codec.traits().defaultLevel()), "stored bytes");
                Expect.equalBytes(content, trial.decompress(expected, content.length), "content");
            }
        });
    }

    private void otherLength() throws CodecException {
        byte[] content = Content.text(SMALL, 4);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        for (int length : List.of(1, SMALL - 1, SMALL + 1, 2 * SMALL, 1 << 20)) {
            Expect.fails(CodecException.class, SMALL + " bytes decompressed into " + length,
                    () -> trial.decompress(stored, length));
        }
    }

    private void truncated() throws Exception {
        byte[] content = Content.text(SMALL, 5);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        for (int length = 0; length < stored.length; length++) {
            trial.hostile(Arrays.copyOf(stored, length), content, "cut to " + length + " of " + stored.length + " bytes");
        }
    }

    private void flipped() throws Exception {
        byte[] content = Content.text(SMALL, 6);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        // a codec without checksum of its own cannot tell; the container has one
        boolean detects = !Arrays.equals(stored, content);
        for (int bit = 0; bit < stored.length * 8; bit++) {
            byte[] damaged = stored.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            trial.hostile(damaged, detects ? content : null, "with bit " + bit + " flipped");
        }
    }

    private void random() throws Exception {
        byte[] content = Content.text(SMALL, 7);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Content.random(1 + random.nextInt(2 * SMALL), seed);
            // half of them begin as real ones do, to get past the first check
            int kept = seed % 2 == 0 ? 0 : random.nextInt(Math.min(stored.length, bytes.length));
            System.arraycopy(stored, 0, bytes, 0, kept);
            trial.hostile(bytes, null, "random, seed " + seed + ", " + kept + " genuine bytes");
        }
    }

    private void trailing() throws Exception {
        byte[] content = Content.text(SMALL, 8);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        trial.hostile(Arrays.copyOf(stored, stored.length + 1), content, "with a byte behind");
        byte[] twice = Arrays.copyOf(stored, 2 * stored.length);
        System.arraycopy(stored, 0, twice, stored.length, stored.length);
        trial.hostile(twice, content, "twice");
    }

    private void afterError() throws CodecException {
        byte[] content = Content.text(SMALL, 9);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            Expect.fails(CodecException.class, "cut stored bytes", () -> trial.decompress(decompressor,
                    Arrays.copyOf(stored, stored.length / 2), SMALL));
            Expect.equalBytes(content, trial.decompress(decompressor, stored, SMALL), "content after an error");
        }
    }

    private void closed() throws CodecException {
        byte[] content = Content.text(SMALL, 10);
        byte[] stored = trial.compress(content, codec.traits().defaultLevel());
        FrameCompressor compressor = codec.newCompressor(codec.traits().defaultLevel());
        compressor.close();
        compressor.close();
        Expect.failsSomehow("compressing after close", () -> trial.compress(compressor, content));
        FrameDecompressor decompressor = codec.newDecompressor();
        decompressor.close();
        decompressor.close();
        Expect.failsSomehow("decompressing after close", () -> trial.decompress(decompressor, stored, SMALL));
    }

    private void zeroRuns() throws CodecException {
        long max = codec.traits().maxZeroRun();
        for (long count : List.of(1L, 2L, 511L, 65_536L, 131_071L, 131_072L, 131_073L, 1L << 20, (long) LONGEST_RUN_TRIED)) {
            if (count <= max) {
                byte[] stored = trial.zeroRun(count);
                Expect.equalBytes(stored, trial.zeroRun(count), "stored form of " + count + " zeros, second time");
                Expect.equalBytes(new byte[(int) count], trial.decompress(stored, (int) count), count + " zeros");
            }
        }
        Expect.equal(codec.zeroRunLength(max), trial.zeroRun(max).length, "length of the longest zero run");
    }

    private void wrongZeroRuns() {
        for (long count : List.of(0L, -1L, codec.traits().maxZeroRun() + 1)) {
            Expect.failsSomehow("length of a run of " + count + " zeros", () -> codec.zeroRunLength(count));
            Expect.failsSomehow("a run of " + count + " zeros",
                    () -> codec.encodeZeroRun(count, ByteBuffer.allocateDirect(1 << 20)));
        }
    }

    private void noZeroRuns() {
        Expect.fails(CodecException.class, "zeroRunLength", () -> codec.zeroRunLength(1));
        Expect.fails(CodecException.class, "encodeZeroRun", () -> codec.encodeZeroRun(1, ByteBuffer.allocateDirect(100)));
    }
}
