package org.imagingutility.format.skz.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.FrameWindows;

/** What a repairing program makes of a file: a new image of all frames that hold, and the list of what is lost. */
public final class SalvagedCopy {
    public final List<Damage> damages = new ArrayList<>();
    public final ExtentList lost;
    public final boolean finished;
    public final byte[] image;
    private final ExtentList.Builder ranges = new ExtentList.Builder();

    private SalvagedCopy(MemoryFile file) throws ImagingException {
        MemoryFile target = new MemoryFile(true);
        try (SalvagedImage salvaged = new SkzFormat().salvage(file, TestImage.CODECS, SearchMonitor.NONE)) {
            finished = salvaged.finished();
            salvaged.checkStructure(damages::add);
            try (ImageWriter writer = new SkzFormat().create(target, salvaged.spec(), TestImage.CODECS)) {
                SalvagedImage.Pass pass = salvaged.pass(damages::add);
                for (Salvaged part = pass.next(); part != null; part = pass.next()) {
                    write(salvaged, part, writer);
                }
                writer.finish(salvaged.statistics().orElse(Metadata.empty()));
            }
        }
        lost = ranges.build();
        image = target.toBytes();
    }

    public static SalvagedCopy of(byte[] damaged) throws ImagingException {
        return new SalvagedCopy(MemoryFile.of(damaged));
    }

    public static SalvagedCopy of(MemoryFile file) throws ImagingException {
        return new SalvagedCopy(file);
    }

    private void write(SalvagedImage salvaged, Salvaged part, ImageWriter writer) throws ImagingException {
        ImageSpec spec = salvaged.spec();
        if (part instanceof Salvaged.Chunk chunk) {
            write(salvaged, chunk.plan(), chunk.frames(), writer);
            return;
        }
        Salvaged.Lost range = (Salvaged.Lost) part;
        for (long at = range.device().offset(); at < range.device().end(); at += spec.chunkSize()) {
            long length = Math.min(spec.chunkSize(), range.device().end() - at);
            write(salvaged, new ChunkPlan(at, length, new ExtentList.Builder().add(at, length).build()), List.of(), writer);
        }
    }

    private void write(SalvagedImage salvaged, ChunkPlan plan, List<FrameEntry> frames, ImageWriter writer)
            throws ImagingException {
        Map<Long, FrameEntry> found = new TreeMap<>();
        frames.forEach(entry -> found.put(entry.frame().frameIndex(), entry));
        writer.beginChunk(plan);
        FrameWindows windows = new FrameWindows(plan.extents(), TestImage.FRAME);
        while (windows.hasNext()) {
            long window = windows.next();
            FrameEntry entry = found.get(window);
            ByteBuffer stored = entry == null ? null : stored(salvaged, entry);
            if (stored != null) {
                writer.writeFrame(entry.frame(), stored);
            } else {
                writeLost(salvaged.spec(), plan, window, writer);
            }
        }
        writer.endChunk();
    }

    private void writeLost(ImageSpec spec, ChunkPlan plan, long window, ImageWriter writer) throws ImagingException {
        int length = spec.contentLength(window);
        ExtentList unreadable = plan.extents().within(window * TestImage.FRAME, length);
        for (int i = 0; i < unreadable.count(); i++) {
            ranges.add(unreadable.offset(i), unreadable.length(i));
        }
        ByteBuffer stored = ByteBuffer.allocateDirect(TestImage.CODEC.zeroRunLength(length));
        TestImage.CODEC.encodeZeroRun(length, stored);
        writer.writeFrame(new FrameInfo(window, FrameKind.ZERO, length, stored.flip().remaining(), TestImage.crc(stored),
                TestImage.sha(new byte[length]), unreadable), stored);
    }

    /** Returns the stored bytes if they hold, else null. */
    private static ByteBuffer stored(SalvagedImage salvaged, FrameEntry entry) throws ImagingException {
        ByteBuffer stored = ByteBuffer.allocateDirect(entry.frame().storedLength());
        try {
            salvaged.readStored(entry, stored);
        } catch (ImageReadException e) {
            return null;
        }
        if (TestImage.crc(stored.flip()) != entry.frame().storedCrc32c()) {
            return null;
        }
        ByteBuffer content = ByteBuffer.allocateDirect(entry.frame().contentLength());
        try (FrameDecompressor decompressor = TestImage.CODEC.newDecompressor()) {
            decompressor.decompress(stored.duplicate(), content);
        }
        byte[] bytes = new byte[content.flip().remaining()];
        content.get(bytes);
        assertThat(TestImage.sha(bytes)).isEqualTo(entry.frame().contentDigest());
        return stored;
    }

    /** Checks that the new image is intact and has each byte of {@code original}, or zeros where it says they are lost. */
    public SalvagedCopy isSound(TestImage original, String what) throws ImagingException {
        assertThat(Verification.of(image).found()).as(what).isEmpty();
        byte[] expected = original.device().clone();
        for (int i = 0; i < lost.count(); i++) {
            Arrays.fill(expected, (int) lost.offset(i), (int) lost.end(i), (byte) 0);
        }
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(image), TestImage.CODECS)) {
            assertThat(TestImage.restore(reader)).as(what).isEqualTo(expected);
            long unreadable = reader.info().unreadableBytes();
            long known = original.unreadable().totalLength();
            assertThat(unreadable).as(what).isBetween(lost.totalLength(), lost.totalLength() + known);
        }
        return this;
    }

    /** Checks that all that is lost lies in {@code allowed}. */
    public SalvagedCopy losesOnly(ExtentList allowed, String what) {
        for (int i = 0; i < lost.count(); i++) {
            assertThat(allowed.within(lost.offset(i), lost.length(i)).totalLength())
                    .as(what + ": lost " + lost + ", allowed " + allowed).isEqualTo(lost.length(i));
        }
        return this;
    }
}
