package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * The header: what is fixed when an image is started. Written once and never changed.
 *
 * @param spec what the caller asked for
 * @param streamed whether the file was written in one pass
 * @param gapRun most zero bytes one gap frame stands for, 0 if ranges without data are not in the file
 */
public record Header(ImageSpec spec, boolean streamed, long gapRun) {
    /** Name of the format. */
    public static final String FORMAT = "skz";
    /** Version of the layout; another one is another format. */
    public static final int MAJOR = 1;
    /** Version of what was added without a break. */
    static final int MINOR = 0;

    /** Says whether ranges without data stand in the file as gap frames. */
    public boolean gapsWritten() {
        return gapRun > 0;
    }

    /** Names {@code image} for messages about codec {@code wireId}; the codec too, if it is the one the header names. */
    public static String neededBy(ImageSpec spec, String image, int wireId) {
        return "image \"" + image + "\"" + (wireId == spec.codecWireId() ? " (codec " + spec.codecName() + ")" : "");
    }

    /** Returns the header as it stands in the file, in the buffer of {@code out}. */
    public ByteBuffer encode(StructureWriter out) {
        byte[] name = spec.codecName().getBytes(StandardCharsets.US_ASCII);
        byte[] json = MetadataJson.encode(spec.metadata());
        return out.begin(StructureKind.HEADER)
                .u16(MAJOR).u16(MINOR)
                .u32(spec.usedOnly() ? FeatureFlags.USED_ONLY : 0)
                .u32((gapsWritten() ? FeatureFlags.GAPS_WRITTEN : 0) | (streamed ? FeatureFlags.STREAMED : 0))
                .u32(0)
                .u64(spec.deviceLength()).u64(spec.chunkSize())
                .u32(spec.sectorSize()).u32(spec.frameSize())
                .u64(spec.created().getEpochSecond())
                .u64(spec.plannedChunks()).u64(spec.plannedFrames())
                .u64(gapRun)
                .u32(spec.level()).u16(spec.codecWireId())
                .u16(name.length).u32(json.length).bytes(name).bytes(json)
                .end();
    }

    /** Takes a header apart. */
    public static Header parse(ByteBuffer whole, ImagePosition place) throws ImagingException {
        StructureReader in = new StructureReader(whole, StructureKind.HEADER, place);
        int major = in.u16();
        int minor = in.u16();
        int compatible = in.bits32();
        int readCompatible = in.bits32();
        int incompatible = in.bits32();
        refuseNewer(major, minor, incompatible, place);
        long deviceLength = in.u64("device length", 1, Long.MAX_VALUE);
        long chunkSize = in.u64("chunk size", ImageSpec.MIN_FRAME_SIZE, ImageSpec.MAX_CHUNK_SIZE);
        int sectorSize = in.u32("sector size", 1, Limits.SECTOR_SIZE);
        int frameSize = in.u32("frame size", ImageSpec.MIN_FRAME_SIZE, ImageSpec.MAX_FRAME_SIZE);
        Instant created = instant(in.bits64(), in);
        long plannedChunks = in.u64("planned chunks", 0, Long.MAX_VALUE);
        long plannedFrames = in.u64("planned frames", 0, Long.MAX_VALUE);
        long gapRun = in.u64("gap run", 0, Limits.GAP_RUN);
        int level = in.bits32();
        int codecWireId = in.u16();
        int nameLength = in.u16();
        int jsonLength = in.u32("JSON length", 0, Limits.JSON_BYTES);
        String codecName = codecName(in.bytes(checkedNameLength(nameLength, in)), in);
        Metadata metadata = MetadataJson.decode(in.bytes(jsonLength), in);
        in.end();
        if ((readCompatible & FeatureFlags.GAPS_WRITTEN) != 0 != gapRun > 0) {
            throw in.damaged("its flags " + readCompatible + " do not fit its gap run " + gapRun);
        }
        try {
            ImageSpec spec = new ImageSpec(deviceLength, sectorSize, frameSize, chunkSize, codecName, codecWireId, level,
                    (compatible & FeatureFlags.USED_ONLY) != 0, created, plannedChunks, plannedFrames, metadata);
            return new Header(spec, (readCompatible & FeatureFlags.STREAMED) != 0, gapRun);
        } catch (IllegalArgumentException e) {
            throw in.damaged(e.getMessage());
        }
    }

    private static void refuseNewer(int major, int minor, int incompatible, ImagePosition place) throws ImageFormatException {
        int unknown = incompatible & ~FeatureFlags.KNOWN_INCOMPATIBLE;
        if (major != MAJOR || unknown != 0) {
            throw new ImageFormatException(place.image(), place.offset(), "made by a newer version: format " + major + "."
                    + minor + (unknown == 0 ? "" : " with unknown features 0x%X".formatted(unknown))
                    + ", this program reads format " + MAJOR, "use a newer version of this program");
        }
    }

    private static Instant instant(long epochSeconds, StructureReader in) throws ImageDamagedException {
        try {
            return Instant.ofEpochSecond(epochSeconds);
        } catch (DateTimeException e) {
            throw in.damaged("its time " + epochSeconds + " is out of range");
        }
    }

    private static int checkedNameLength(int length, StructureReader in) throws ImageDamagedException {
        if (length < 1 || length > Limits.CODEC_NAME) {
            throw in.damaged("its codec name has " + length + " characters, expected 1 to " + Limits.CODEC_NAME);
        }
        return length;
    }

    private static String codecName(byte[] ascii, StructureReader in) throws ImageDamagedException {
        String name = new String(ascii, StandardCharsets.US_ASCII);
        if (!validCodecName(name)) {
            throw in.damaged("its codec name has other characters than a-z, 0-9 and -");
        }
        return name;
    }

    /** Says whether {@code name} may stand in a header. */
    public static boolean validCodecName(String name) {
        return name.length() <= Limits.CODEC_NAME && name.matches("[a-z0-9-]+");
    }
}
