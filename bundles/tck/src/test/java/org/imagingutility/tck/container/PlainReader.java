package org.imagingutility.tck.container;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** Reads what {@link PlainFormat} writes, all of it when it is opened. */
final class PlainReader implements ImageReader {
    private final ImageFile file;
    private final List<ChunkTable> tables = new ArrayList<>();
    private ImageInfo info;

    private PlainReader(ImageFile file) {
        this.file = file;
    }

    static PlainReader open(ImageFile file, boolean checkSum) throws ImagingException {
        ByteBuffer all = ByteBuffer.allocate((int) file.length());
        file.read(0, all);
        byte[] body = Arrays.copyOf(all.array(), Math.max(0, all.capacity() - 32));
        byte[] sum = Arrays.copyOfRange(all.array(), body.length, all.capacity());
        if (checkSum && !Arrays.equals(sum, SampleImage.sha256(body).toBytes())) {
            throw new ImageDamagedException(file.reference(), body.length, "the sum does not hold", null);
        }
        PlainReader reader = new PlainReader(file);
        try {
            reader.parse(body);
        } catch (IOException | RuntimeException e) {
            throw new ImageDamagedException(file.reference(), -1, "cannot be parsed: " + e, null);
        }
        return reader;
    }

    private void parse(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        in.skipNBytes(PlainFormat.MAGIC.length + Long.BYTES);
        ImageSpec spec = readSpec(in);
        Metadata statistics = readMetadata(in);
        int chunkCount = in.readInt();
        List<List<FrameInfo>> frames = new ArrayList<>();
        List<ChunkPlan> plans = new ArrayList<>();
        long used = 0;
        for (int i = 0; i < chunkCount; i++) {
            int begin = body.length - in.available();
            ChunkPlan plan = readPlan(in);
            List<FrameEntry> entries = new ArrayList<>();
            int frameCount = in.readInt();
            for (int f = 0; f < frameCount; f++) {
                FrameInfo frame = readFrame(in);
                entries.add(new FrameEntry(frame, body.length - in.available()));
                in.skipNBytes(frame.storedLength());
            }
            int end = body.length - in.available();
            ChunkInfo chunk = new ChunkInfo(i, plan.deviceOffset(), plan.deviceLength(), begin, end - begin, frameCount,
                    spec.codecWireId(), SampleImage.sha256(Arrays.copyOfRange(body, begin, end)),
                    entries.stream().mapToLong(entry -> entry.frame().unreadable().totalLength()).sum());
            tables.add(new ChunkTable(chunk, plan.extents(), entries));
            frames.add(entries.stream().map(FrameEntry::frame).toList());
            plans.add(plan);
            used += plan.extents().totalLength();
        }
        ImageDigests digests = new ImageDigests(SampleImage.sha256(body), PlainFormat.contentDigest(frames, plans, spec));
        ImageSpec actual = new ImageSpec(spec.deviceLength(), spec.sectorSize(), spec.frameSize(), spec.chunkSize(),
                spec.codecName(), spec.codecWireId(), spec.level(), spec.usedOnly(), spec.created(), chunkCount,
                frames.stream().mapToLong(List::size).sum(), spec.metadata());
        info = new ImageInfo("plain", 1, actual, digests, used,
                tables.stream().mapToLong(table -> table.chunk().unreadableBytes()).sum(), body.length + 32L, Optional.empty(), statistics);
    }

    static List<Long> windows(ChunkPlan plan, ImageSpec spec) {
        ExtentList extents = plan.extents();
        List<Long> windows = new ArrayList<>();
        for (int i = 0; i < extents.count(); i++) {
            for (long w = extents.offset(i) / spec.frameSize(); w <= (extents.end(i) - 1) / spec.frameSize(); w++) {
                if (!windows.contains(w)) {
                    windows.add(w);
                }
            }
        }
        return windows;
    }

    static void writeSpec(DataOutputStream out, ImageSpec spec) throws IOException {
        out.writeLong(spec.deviceLength());
        out.writeInt(spec.sectorSize());
        out.writeInt(spec.frameSize());
        out.writeLong(spec.chunkSize());
        out.writeUTF(spec.codecName());
        out.writeInt(spec.codecWireId());
        out.writeInt(spec.level());
        out.writeBoolean(spec.usedOnly());
        out.writeLong(spec.created().getEpochSecond());
        writeMetadata(out, spec.metadata());
    }

    private static ImageSpec readSpec(DataInputStream in) throws IOException {
        return new ImageSpec(in.readLong(), in.readInt(), in.readInt(), in.readLong(), in.readUTF(), in.readInt(),
                in.readInt(), in.readBoolean(), Instant.ofEpochSecond(in.readLong()), 0, 0, readMetadata(in));
    }

    static void writeMetadata(DataOutputStream out, Metadata metadata) throws IOException {
        out.writeInt(metadata.values().size());
        for (Map.Entry<String, Object> fact : metadata.values().entrySet()) {
            out.writeUTF(fact.getKey());
            out.writeUTF(fact.getValue().getClass().getSimpleName());
            out.writeUTF(fact.getValue().toString());
        }
    }

    private static Metadata readMetadata(DataInputStream in) throws IOException {
        Map<String, Object> facts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String key = in.readUTF();
            String type = in.readUTF();
            String text = in.readUTF();
            facts.put(key, type.equals("Long") ? (Object) Long.valueOf(text)
                    : type.equals("Boolean") ? (Object) Boolean.valueOf(text) : text);
        }
        return Metadata.of(facts);
    }

    static void writePlan(DataOutputStream out, ChunkPlan plan) throws IOException {
        out.writeLong(plan.deviceOffset());
        out.writeLong(plan.deviceLength());
        writeExtents(out, plan.extents());
    }

    private static void writeExtents(DataOutputStream out, ExtentList extents) throws IOException {
        out.writeInt(extents.count());
        for (int i = 0; i < extents.count(); i++) {
            out.writeLong(extents.offset(i));
            out.writeLong(extents.length(i));
        }
    }

    private static ChunkPlan readPlan(DataInputStream in) throws IOException {
        return new ChunkPlan(in.readLong(), in.readLong(), readExtents(in));
    }

    private static ExtentList readExtents(DataInputStream in) throws IOException {
        ExtentList.Builder extents = new ExtentList.Builder();
        for (int left = in.readInt(); left > 0; left--) {
            extents.add(in.readLong(), in.readLong());
        }
        return extents.build();
    }

    static void writeFrame(DataOutputStream out, FrameInfo frame) throws IOException {
        out.writeLong(frame.frameIndex());
        out.writeBoolean(frame.kind() == FrameKind.ZERO);
        out.writeInt(frame.contentLength());
        out.writeInt(frame.storedLength());
        out.writeInt(frame.storedCrc32c());
        out.write(frame.contentDigest().toBytes());
        writeExtents(out, frame.unreadable());
    }

    private static FrameInfo readFrame(DataInputStream in) throws IOException {
        return new FrameInfo(in.readLong(), in.readBoolean() ? FrameKind.ZERO : FrameKind.DATA, in.readInt(),
                in.readInt(), in.readInt(), Digest.of(in.readNBytes(32)), readExtents(in));
    }

    @Override
    public ImageInfo info() {
        return info;
    }

    @Override
    public int chunkCount() {
        return tables.size();
    }

    @Override
    public ChunkInfo chunk(int chunkIndex) {
        return tables.get(chunkIndex).chunk();
    }

    @Override
    public int findChunk(long deviceOffset) {
        return tables.stream().map(ChunkTable::chunk).filter(c -> deviceOffset >= c.deviceOffset()
                && deviceOffset < c.deviceOffset() + c.deviceLength()).mapToInt(ChunkInfo::chunkIndex).findFirst().orElse(-1);
    }

    @Override
    public ChunkTable table(int chunkIndex) {
        return tables.get(chunkIndex);
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        file.read(entry.fileOffset(), target);
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) {
        // all was checked when it was opened
    }

    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) {
        // all was checked when it was opened
    }

    @Override
    public void close() {
        // holds nothing
    }
}
