package org.imagingutility.engine.repository.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;

/**
 * A chunk table.
 *
 * @param offset first byte of device
 * @param length bytes of device
 * @param level level of the codec
 * @param extents what is in use
 * @param frames the frames
 */
public record Table(long offset, long length, int level, ExtentList extents, List<FrameInfo> frames) {
    /** The version of this class. */
    public static final int VERSION = 1;
    /** Most bytes. */
    public static final int MAX_BYTES = 64 << 20;
    /** Most frames. */
    public static final int MAX_FRAMES = 65_536;
    /** Most extents. */
    public static final int MAX_EXTENTS = 262_144;
    private static final int MAX_CONTENT = 64 << 20;

    /** Copies the list. */
    public Table {
        frames = List.copyOf(frames);
    }

    /** Returns its bytes. */
    public byte[] encode() {
        return encode(0);
    }

    /** Returns bytes of it that differ from others by {@code again}, 0 or more, for a place where those of less cannot be had. */
    public byte[] encode(int again) {
        return JsonOutput.object(out -> {
            out.writeNumberField("table", VERSION);
            out.writeNumberField("offset", offset);
            out.writeNumberField("length", length);
            out.writeNumberField("level", level);
            JsonOutput.extents(out, "extents", extents);
            out.writeArrayFieldStart("frames");
            for (FrameInfo frame : frames) {
                write(out, frame);
            }
            out.writeEndArray();
            if (again > 0) {
                out.writeNumberField("again", again);
            }
        });
    }

    private static void write(JsonGenerator out, FrameInfo frame) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", frame.frameIndex());
        out.writeNumberField("length", frame.contentLength());
        out.writeStringField("kind", frame.kind() == FrameKind.ZERO ? "zero" : "data");
        out.writeStringField("sha256", frame.contentDigest().toHex());
        out.writeStringField("crc32c", HexFormat.of().toHexDigits(frame.storedCrc32c()));
        out.writeNumberField("stored", frame.storedLength());
        if (frame.unreadable().count() > 0) {
            JsonOutput.extents(out, "unreadable", frame.unreadable());
        }
        out.writeEndObject();
    }

    /**
     * Reads one. Values are in range; whether they fit an image is for the reader of the image.
     *
     * @throws IOException if it is none: what was found
     */
    public static Table decode(byte[] bytes) throws IOException {
        long[] numbers = {-1, -1, -1, 0};
        ExtentList[] extents = {ExtentList.empty()};
        List<FrameInfo> frames = new ArrayList<>();
        try (JsonInput in = new JsonInput(bytes)) {
            in.whole(name -> {
                switch (name) {
                    case "table" -> numbers[0] = in.number(1, Long.MAX_VALUE);
                    case "offset" -> numbers[1] = in.number(0, Long.MAX_VALUE);
                    case "length" -> numbers[2] = in.number(1, 1L << 40);
                    case "level" -> numbers[3] = in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case "extents" -> extents[0] = in.extents(MAX_EXTENTS);
                    case "frames" -> in.array(MAX_FRAMES, () -> frames.add(frame(in)));
                    default -> in.skip();
                }
            });
        }
        if (numbers[0] != VERSION) {
            throw new IOException("it is version " + numbers[0] + " of a table, this program knows 1");
        }
        if (numbers[1] < 0 || numbers[2] < 0 || extents[0].count() == 0 || frames.isEmpty() || numbers[1] > Long.MAX_VALUE - numbers[2]) {
            throw new IOException("a field is missing");
        }
        return new Table(numbers[1], numbers[2], (int) numbers[3], extents[0], frames);
    }

    private static FrameInfo frame(JsonInput in) throws IOException {
        long[] numbers = {-1, 0, 0};
        String[] texts = {"", ""};
        Digest[] digest = new Digest[1];
        ExtentList[] unreadable = {ExtentList.empty()};
        in.current(name -> {
            switch (name) {
                case "index" -> numbers[0] = in.number(0, Long.MAX_VALUE);
                case "length" -> numbers[1] = in.number(1, MAX_CONTENT);
                case "stored" -> numbers[2] = in.number(1, Integer.MAX_VALUE);
                case "kind" -> texts[0] = in.text();
                case "crc32c" -> texts[1] = in.text();
                case "sha256" -> digest[0] = in.digest();
                case "unreadable" -> unreadable[0] = in.extents(MAX_EXTENTS);
                default -> in.skip();
            }
        });
        boolean zero = texts[0].equals("zero");
        if (numbers[0] < 0 || numbers[1] == 0 || numbers[2] == 0 || digest[0] == null || !zero && !texts[0].equals("data")
                || texts[1].length() != 8 || !ObjectNames.isHex(texts[1])) {
            throw new IOException("frame " + numbers[0] + " lacks a field, or one is none");
        }
        return new FrameInfo(numbers[0], zero ? FrameKind.ZERO : FrameKind.DATA, (int) numbers[1], (int) numbers[2],
                Integer.parseUnsignedInt(texts[1], 16), digest[0], unreadable[0]);
    }
}
