package org.imagingutility.engine.view;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;
import org.imagingutility.engine.view.Layout.Origin;
import org.imagingutility.engine.view.Layout.Region;

/** Content that is kept open, as a device that cannot be written to. Used by several threads at once. */
final class ContentDevice implements ServedDevice, AutoCloseable {
    private final String name;
    private final String description;
    private final ContentKeeper<OpenContent> keeper;
    private final List<ImageFrames> images;
    private final List<ReadAhead> ahead;
    private final DecodedFrames cache;
    private final Layout layout;
    private final List<ExtentList> lost;
    private final int sectorSize;
    private final String identity;
    private final ImageFrames.Damages damages;
    private final long mostAhead;

    /**
     * What a device is made of.
     *
     * @param lost for each image what it lacks and must not read as zeros: bytes that could not be read when it was made; empty where they may
     */
    record Parts(Layout layout, int sectorSize, String identity, List<ImageFrames> images, List<ExtentList> lost) {
    }

    ContentDevice(String name, String description, ContentKeeper<OpenContent> keeper, Parts parts, DecodedFrames cache, int aheadBytes, Executor threads,
            ImageFrames.Damages damages) {
        this.name = name;
        this.description = description;
        this.keeper = keeper;
        this.images = parts.images;
        this.cache = cache;
        this.layout = parts.layout;
        this.lost = parts.lost;
        this.sectorSize = parts.sectorSize;
        this.identity = parts.identity;
        this.damages = damages;
        this.mostAhead = aheadBytes;
        this.ahead = images.stream().map(image -> new ReadAhead(Math.min(4, aheadBytes / image.spec().frameSize()),
                window -> threads.execute(() -> fetch(image, window)))).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public long length() {
        return layout.length();
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    /** Returns what tells its content from any other. */
    String identity() {
        return identity;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        checkRange(offset, target.remaining());
        int limit = target.limit();
        long position = offset;
        try {
            while (target.position() < limit) {
                Region region = layout.at(position);
                int bytes = (int) Math.min(limit - target.position(), region.end() - position);
                long at = region.at() + (position - region.offset());
                if (region.origin() == Origin.IMAGE) {
                    ImageFrames image = images.get(region.source());
                    int frameSize = image.spec().frameSize();
                    bytes = (int) Math.min(bytes, frameSize - at % frameSize);
                }
                target.limit(target.position() + bytes);
                read(region, at, position, target);
                position += bytes;
                target.limit(limit);
            }
        } finally {
            target.limit(limit);
        }
    }

    /** Fills {@code target}, all of which comes from one place: byte {@code at} of what the region is of. */
    private void read(Region region, long at, long position, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        try {
            switch (region.origin()) {
                case NOTHING -> zero(target);
                case IMAGE -> {
                    refuseLost(region.source(), at, position, target.remaining());
                    readImage(region.source(), at, target);
                }
                case FILE -> keeper.call(content -> {
                    content.files().get(region.source()).read(at, target.position(begin));
                    return true;
                });
                case BYTES -> keeper.call(content -> target.position(begin).put(content.arrays().get(region.source()), (int) at,
                        target.remaining()));
            }
        } catch (DamagedFrameException e) {
            target.position(begin);
            throw new DeviceException(description, position, e.getMessage(), "verify lists all that is damaged", null);
        } catch (ImageReadException e) {
            target.position(begin);
            damages.found(e.getMessage() + "; a read of it failed");
            throw new DeviceException(description, position, e.getMessage(), null, e);
        }
    }

    /** What an image lacks is no content, where that was asked for. */
    private void refuseLost(int number, long at, long position, int bytes) throws DeviceException {
        ExtentList ranges = lost.isEmpty() ? ExtentList.empty() : lost.get(number);
        int first = ranges.firstEndingAfter(at);
        if (first < ranges.count() && ranges.offset(first) < at + bytes) {
            long begin = Math.max(at, ranges.offset(first));
            throw new DeviceException(description, position + (begin - at), "was unreadable when the image was made", null, null);
        }
    }

    private void readImage(int number, long at, ByteBuffer target) throws ImagingException, DamagedFrameException {
        ImageFrames image = images.get(number);
        long window = at / image.spec().frameSize();
        ahead.get(number).reads(window);
        DecodedFrames.Frame frame = frame(image, number, window);
        if (frame == null) {
            zero(target);
            return;
        }
        try {
            int from = (int) (at % image.spec().frameSize());
            target.put(frame.content().limit(from + target.remaining()).position(from));
        } finally {
            cache.release(frame);
        }
    }

    /** Returns a frame in use; null if its window holds nothing. */
    private DecodedFrames.Frame frame(ImageFrames image, int number, long window) throws ImagingException, DamagedFrameException {
        DecodedFrames.Frame known = cache.find(image.key(window));
        if (known != null) {
            return known;
        }
        return keeper.call(content -> {
            var reader = content.images().get(number).reader();
            return image.window(reader, window) instanceof ImageFrames.Stored stored ? image.content(reader, stored.frame()) : null;
        });
    }

    /** Has a frame decoded before it is asked for. */
    private void fetch(ImageFrames image, long window) {
        if (window >= image.spec().frameCount() || cache.has(image.key(window))) {
            return;
        }
        try {
            DecodedFrames.Frame frame = frame(image, images.indexOf(image), window);
            if (frame != null) {
                cache.release(frame);
            }
        } catch (ImagingException | DamagedFrameException e) {
            // who reads it is told
            System.getLogger(ContentDevice.class.getName()).log(System.Logger.Level.DEBUG, "not read ahead", e);
        }
    }

    @Override
    public ServedRange range(long offset, long limit) throws ImagingException {
        checkRange(offset, Math.min(limit, layout.length() - offset));
        Region region = layout.at(offset);
        long most = Math.min(limit, region.end() - offset);
        if (region.origin() != Origin.IMAGE) {
            return new ServedRange(most, region.origin() == Origin.NOTHING ? ServedRange.Kind.HOLE : ServedRange.Kind.DATA);
        }
        ImageFrames image = images.get(region.source());
        int frameSize = image.spec().frameSize();
        long at = region.at() + (offset - region.offset());
        try {
            return keeper.call(content -> {
                var reader = content.images().get(region.source()).reader();
                boolean hole = isHole(image, reader, at / frameSize);
                long window = at / frameSize + 1;
                while (window * frameSize - at < most) {
                    long without = hole ? image.windowsWithout(reader, window) : 0;
                    if (without == 0 && isHole(image, reader, window) != hole) {
                        break;
                    }
                    window += Math.max(1, without);
                }
                return new ServedRange(Math.min(most, window * frameSize - at), hole ? ServedRange.Kind.HOLE : ServedRange.Kind.DATA);
            });
        } catch (ImageReadException e) {
            // reading it tells what is wrong
            return new ServedRange(Math.min(most, frameSize - at % frameSize), ServedRange.Kind.DATA);
        }
    }

    private static boolean isHole(ImageFrames image, org.imagingutility.api.container.ImageReader reader, long window) throws ImagingException {
        try {
            return image.window(reader, window) instanceof ImageFrames.Zeros;
        } catch (DamagedFrameException e) {
            return false;
        }
    }

    @Override
    public void prefetch(long offset, long length) throws ImagingException {
        checkRange(offset, length);
        // more would drive out what it brings in
        long end = offset + Math.min(length, mostAhead);
        for (long position = offset; position < end;) {
            Region region = layout.at(position);
            if (region.origin() != Origin.IMAGE) {
                position = region.end();
                continue;
            }
            ImageFrames image = images.get(region.source());
            int frameSize = image.spec().frameSize();
            long at = region.at() + (position - region.offset());
            fetch(image, at / frameSize);
            position += frameSize - at % frameSize;
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        throw readOnly();
    }

    @Override
    public void zero(long offset, long length) {
        throw readOnly();
    }

    private IllegalStateException readOnly() {
        return new IllegalStateException("\"" + name + "\" cannot be written to");
    }

    @Override
    public void flush() {
        // nothing was written
    }

    private void checkRange(long offset, long bytes) {
        if (offset < 0 || bytes < 0 || offset > layout.length() || bytes > layout.length() - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + bytes + " of a device of " + layout.length());
        }
    }

    static void zero(ByteBuffer target) {
        while (target.remaining() >= Long.BYTES) {
            target.putLong(0);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    @Override
    public void close() {
        keeper.close();
        images.forEach(ImageFrames::close);
    }
}
