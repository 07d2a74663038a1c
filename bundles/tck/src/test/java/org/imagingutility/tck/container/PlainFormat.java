package org.imagingutility.tck.container;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;

/**
 * The least a container format can be: all of an image is kept in memory and written at once, followed by its SHA-256.
 * For small images only. Subclasses break it.
 */
class PlainFormat implements ContainerFormat {
    static final byte[] MAGIC = "PLAINIMG".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public boolean recognises(ImageFile file) throws ImagingException {
        if (file.length() < MAGIC.length) {
            return false;
        }
        ByteBuffer begin = ByteBuffer.allocate(MAGIC.length);
        file.read(0, begin);
        return begin.flip().equals(ByteBuffer.wrap(MAGIC));
    }

    @Override
    public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
        return new Writer(file, spec);
    }

    @Override
    public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
        if (!recognises(file)) {
            throw new ImageFormatException(file.reference(), 0, "no plain image", null);
        }
        return PlainReader.open(file, checksSum());
    }

    /** Says whether opening checks the sum over the file. */
    boolean checksSum() {
        return true;
    }

    /** Says whether calls in the wrong order are refused. */
    boolean checksOrder() {
        return true;
    }

    /** Says whether it is stored what of a frame could not be read. */
    boolean keepsUnreadable() {
        return true;
    }

    /** Says whether each chunk is written so that the image is complete after it. */
    boolean completeAtOnce() {
        return false;
    }

    /** Returns some bytes more to be written into the image. */
    long noise() {
        return 0;
    }

    /** Collects an image. */
    private final class Writer implements ImageWriter {
        private final ImageFile file;
        private final ImageSpec spec;
        private final List<ChunkPlan> chunks = new ArrayList<>();
        private final List<List<FrameInfo>> frames = new ArrayList<>();
        private final List<byte[]> stored = new ArrayList<>();
        private ChunkPlan open;
        private boolean ended;

        Writer(ImageFile file, ImageSpec spec) {
            this.file = file;
            this.spec = spec;
        }

        private void require(boolean holds, String what) {
            if (checksOrder() && !holds) {
                ended = true;
                throw new IllegalStateException(what);
            }
        }

        @Override
        public void beginChunk(ChunkPlan plan) {
            require(!ended && open == null, "a chunk is open, or the image ended");
            ChunkPlan last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
            require(plan.deviceOffset() % spec.frameSize() == 0, "not at a frame border");
            require(last == null || plan.deviceOffset() >= last.deviceOffset() + last.deviceLength(), "order of chunks");
            open = plan;
            chunks.add(plan);
            frames.add(new ArrayList<>());
        }

        @Override
        public void writeFrame(FrameInfo frame, ByteBuffer bytes) {
            require(open != null, "no chunk is open");
            List<FrameInfo> written = frames.get(frames.size() - 1);
            List<Long> windows = PlainReader.windows(open, spec);
            require(written.size() < windows.size() && windows.get(written.size()) == frame.frameIndex(), "not its turn");
            require(frame.contentLength() == spec.contentLength(frame.frameIndex()), "content length");
            require(frame.storedLength() == bytes.remaining(), "stored length");
            written.add(keepsUnreadable() ? frame : new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength(),
                    frame.storedLength(), frame.storedCrc32c(), frame.contentDigest()));
            stored.add(Content.bytes(bytes));
        }

        @Override
        public void endChunk() throws ImagingException {
            require(open != null && frames.get(frames.size() - 1).size() == PlainReader.windows(open, spec).size(),
                    "frames are missing");
            open = null;
            if (completeAtOnce()) {
                write(Metadata.empty());
            }
        }

        @Override
        public ImageDigests finish(Metadata statistics) throws ImagingException {
            require(!ended && open == null, "a chunk is open, or the image ended");
            ended = true;
            return write(statistics);
        }

        private ImageDigests write(Metadata statistics) throws ImagingException {
            byte[] body = body(statistics);
            byte[] image = ByteBuffer.allocate(body.length + 32).put(body).put(SampleImage.sha256(body).toBytes()).array();
            file.write(0, ByteBuffer.wrap(image));
            return new ImageDigests(SampleImage.sha256(body), contentDigest(frames, chunks, spec));
        }

        private byte[] body(Metadata statistics) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.write(MAGIC);
                out.writeLong(noise());
                PlainReader.writeSpec(out, spec);
                PlainReader.writeMetadata(out, statistics);
                out.writeInt(chunks.size());
                int next = 0;
                for (int i = 0; i < chunks.size(); i++) {
                    PlainReader.writePlan(out, chunks.get(i));
                    out.writeInt(frames.get(i).size());
                    for (FrameInfo frame : frames.get(i)) {
                        PlainReader.writeFrame(out, frame);
                        out.write(stored.get(next++));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public long length() {
            try {
                return file.length();
            } catch (ImagingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    static Digest contentDigest(List<List<FrameInfo>> frames, List<ChunkPlan> chunks, ImageSpec spec) {
        ExtentList.Builder extents = new ExtentList.Builder();
        for (ChunkPlan chunk : chunks) {
            for (int i = 0; i < chunk.extents().count(); i++) {
                extents.add(chunk.extents().offset(i), chunk.extents().length(i));
            }
        }
        StringBuilder text = new StringBuilder().append(spec.deviceLength()).append(';');
        ExtentList all = extents.build();
        for (int i = 0; i < all.count(); i++) {
            text.append(all.offset(i)).append('+').append(all.length(i)).append(';');
        }
        frames.forEach(chunk -> chunk.forEach(frame -> text.append(frame.frameIndex()).append(frame.contentDigest()).append(frame.unreadable())));
        return SampleImage.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
