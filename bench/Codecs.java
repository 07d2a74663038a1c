import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.codec.compress.Bzip2Codec;
import org.imagingutility.codec.compress.NoneCodec;
import org.imagingutility.codec.compress.gzip.GzipCodec;
import org.imagingutility.codec.compress.lz4.Lz4Codec;
import org.imagingutility.codec.compress.xz.XzCodec;
import org.imagingutility.codec.zstd.ZstdCodec;

/**
 * Puts files through codecs in frames of 4 MiB, one thread, and prints for each file and codec the ratio and the content
 * bytes for each second of processor time: of the best of several rounds, so that warming up does not count. Run by
 * {@code bench/codecs}: {@code Codecs CODEC:LEVEL,... FILE...}; {@code auto} is the probing compressor of zstd.
 */
final class Codecs {
    private static final int FRAME = 4 << 20;
    private static final double ENOUGH_SECONDS = 3;
    private static final List<Codec> CODECS = List.of(new ZstdCodec(), new Lz4Codec(), new GzipCodec(), new XzCodec(),
            new Bzip2Codec(), new NoneCodec());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Codecs() {
    }

    /** Best times of a pass over a file, in seconds, and what it was stored as. */
    private record Figures(double compress, double decompress, long stored) {
    }

    public static void main(String[] args) throws Exception {
        System.out.printf("%-8s %-6s %5s %8s %15s %17s%n", "data", "codec", "level", "ratio", "compress MB/s", "decompress MB/s");
        for (int i = 1; i < args.length; i++) {
            Path file = Path.of(args[i]);
            List<ByteBuffer> frames = frames(file);
            long length = Files.size(file);
            for (String entry : args[0].split(",")) {
                String name = entry.substring(0, entry.indexOf(':'));
                int level = Integer.parseInt(entry.substring(entry.indexOf(':') + 1));
                Figures figures = measure(name, level, frames);
                System.out.printf(Locale.ROOT, "%-8s %-6s %5d %8.3f %15.0f %17.0f%n", file.getFileName(), name, level,
                        length / (double) figures.stored, length / 1e6 / figures.compress, length / 1e6 / figures.decompress);
            }
        }
    }

    private static List<ByteBuffer> frames(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<ByteBuffer> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += FRAME) {
            int count = Math.min(FRAME, bytes.length - at);
            frames.add(ByteBuffer.allocateDirect(count).put(bytes, at, count).flip());
        }
        return frames;
    }

    private static Figures measure(String name, int level, List<ByteBuffer> frames) throws Exception {
        boolean probing = name.equals("auto");
        Codec codec = CODECS.stream().filter(found -> found.name().equals(probing ? "zstd" : name)).findFirst().orElseThrow();
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(FRAME));
        ByteBuffer content = ByteBuffer.allocateDirect(FRAME);
        double compress = Double.MAX_VALUE;
        double decompress = Double.MAX_VALUE;
        double spent = 0;
        long length = 0;
        try (FrameCompressor compressor = probing ? codec.newProbingCompressor(level) : codec.newCompressor(level);
                FrameDecompressor decompressor = codec.newDecompressor()) {
            for (int round = 0; round < 50 && (round < 2 || spent < ENOUGH_SECONDS); round++) {
                double in = 0;
                double out = 0;
                length = 0;
                for (ByteBuffer frame : frames) {
                    long begin = THREADS.getCurrentThreadCpuTime();
                    compressor.compress(frame.duplicate(), stored.clear());
                    in += seconds(begin);
                    length += stored.flip().remaining();
                    content.clear().limit(frame.remaining());
                    begin = THREADS.getCurrentThreadCpuTime();
                    decompressor.decompress(stored, content);
                    out += seconds(begin);
                    if (!content.flip().equals(frame)) {
                        throw new AssertionError(name + " does not give back what it took");
                    }
                }
                compress = Math.min(compress, in);
                decompress = Math.min(decompress, out);
                spent += in + out;
            }
        }
        return new Figures(compress, decompress, length);
    }

    private static double seconds(long begin) {
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
    }
}
