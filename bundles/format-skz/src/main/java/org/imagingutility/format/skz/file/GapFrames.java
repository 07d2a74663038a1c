package org.imagingutility.format.skz.file;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.structure.Limits;

/**
 * Gap frames: the codec's form of the zeros in a range of the device that the image has no data for. A gap is as many
 * full runs as fit, then the rest. Without them a common tool would not restore the image. The codec is looked up for
 * each gap, so that it can be replaced in between. For several threads.
 */
public final class GapFrames {
    /** Bytes of gap frames that are always allowed, so that a new volume of ordinary size can be restored by common tools. */
    private static final long ALWAYS = 4 << 20;
    /** Otherwise gap frames may take one part in so many of the planned content. */
    private static final long PARTS = 100;

    private final CodecLookup codecs;
    private final String image;
    private final Header header;
    private final long run;

    /** Makes gaps for {@code image} of the runs its header states; none at all if it states none. */
    public GapFrames(CodecLookup codecs, String image, Header header) {
        this.codecs = codecs;
        this.image = image;
        this.header = header;
        this.run = header.gapRun();
    }

    /** Returns the run to use for an image, 0 if it should have no gap frames: follows from the arguments alone. */
    public static long planRun(ImageSpec spec, Codec codec) throws ImagingException {
        long run = Math.min(Limits.GAP_RUN, codec.traits().maxZeroRun());
        if (run == 0 || codec.traits().stockCommand().isEmpty()) {
            return 0;
        }
        long frames = Math.max(0, Math.min(spec.plannedFrames(), spec.frameCount()));
        long content = frames == spec.frameCount() ? spec.deviceLength() : frames * spec.frameSize();
        long stored = storedLength(codec, run, spec.deviceLength() - content);
        boolean cheap = stored >= 0 && (stored <= ALWAYS || stored <= content / PARTS);
        return cheap && codec.zeroRunLength(run) <= Limits.GAP_STORED ? run : 0;
    }

    /** Returns the most bytes that all gap frames of an image of {@code deviceLength} bytes can take, as they are planned. */
    public static long mostBytes(long deviceLength) {
        return Math.max(ALWAYS, deviceLength / PARTS);
    }

    /** Returns the bytes of file for {@code zeros} bytes of device; -1 if that is no number. */
    private static long storedLength(Codec codec, long run, long zeros) throws ImagingException {
        long full = zeros / run;
        long rest = zeros % run;
        long runLength = full == 0 ? 0 : codec.zeroRunLength(run);
        long restLength = rest == 0 ? 0 : codec.zeroRunLength(rest);
        return runLength > 0 && full > (Long.MAX_VALUE - restLength) / runLength ? -1 : full * runLength + restLength;
    }

    /** Returns the bytes of file for {@code zeros} bytes of device, -1 if no file can be so long. */
    public long storedLength(int codecWireId, long zeros) throws ImagingException {
        return run == 0 || zeros == 0 ? 0 : storedLength(codec(codecWireId), run, zeros);
    }

    /** Writes the gap frames of {@code zeros} bytes of device in the form of codec {@code codecWireId}. */
    public void write(int codecWireId, long zeros, ImageOutput out) throws ImagingException {
        if (run == 0 || zeros == 0) {
            return;
        }
        Codec codec = codec(codecWireId);
        if (zeros >= run) {
            ByteBuffer full = encode(codec, run, out.scratch(codec.zeroRunLength(run)));
            for (long left = zeros; left >= run; left -= run) {
                out.write(full.rewind());
            }
        }
        long rest = zeros % run;
        if (rest > 0) {
            out.write(encode(codec, rest, out.scratch(codec.zeroRunLength(rest))));
        }
    }

    /**
     * Compares the file from {@code offset} on with what {@link #write} writes.
     *
     * @return the first byte of the first gap frame that differs, or -1 if none does; the caller has checked that the
     *         file has {@link #storedLength} bytes there
     */
    public long firstDifference(int codecWireId, long zeros, ImageInput in, long offset) throws ImagingException {
        if (run == 0 || zeros == 0) {
            return -1;
        }
        Codec codec = codec(codecWireId);
        long position = offset;
        if (zeros >= run) {
            ByteBuffer full = encode(codec, run);
            for (long left = zeros; left >= run; left -= run) {
                if (!in.read(position, full.limit()).equals(full)) {
                    return position;
                }
                position += full.limit();
            }
        }
        if (zeros % run > 0) {
            ByteBuffer rest = encode(codec, zeros % run);
            return in.read(position, rest.limit()).equals(rest) ? -1 : position;
        }
        return -1;
    }

    private Codec codec(int wireId) throws ImagingException {
        Codec codec = codecs.byWireId(wireId, Header.neededBy(header.spec(), image, wireId));
        if (codec.traits().maxZeroRun() < run) {
            throw new CodecException(codec.name(), "has no stored form for the runs of " + run + " zeros in image \""
                    + image + "\"", null);
        }
        return codec;
    }

    private static ByteBuffer encode(Codec codec, long zeros) throws ImagingException {
        return encode(codec, zeros, ByteBuffer.allocateDirect(codec.zeroRunLength(zeros)));
    }

    private static ByteBuffer encode(Codec codec, long zeros, ByteBuffer stored) throws ImagingException {
        codec.encodeZeroRun(zeros, stored);
        return stored.flip();
    }
}
