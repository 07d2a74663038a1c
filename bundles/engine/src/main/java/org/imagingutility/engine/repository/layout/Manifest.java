package org.imagingutility.engine.repository.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;

/**
 * The manifest of an image.
 *
 * @param requires what a reader must know beside version 1
 * @param repository id of the repository
 * @param name name of the image
 * @param spec what was fixed when it was started; the planned counts are the actual ones
 * @param statistics facts known when it was finished
 * @param digests the digests
 * @param chunks the chunks
 */
public record Manifest(List<String> requires, String repository, String name, ImageSpec spec, Metadata statistics, ImageDigests digests,
        List<Chunk> chunks) {
    /** The version of this class. */
    public static final int VERSION = 1;
    /** Most bytes. */
    public static final int MAX_BYTES = 256 << 20;
    /** Most chunks. */
    public static final int MAX_CHUNKS = 1_000_000;
    private static final int MOST_REQUIRED = 100;

    /** Copies the lists. */
    public Manifest {
        requires = List.copyOf(requires);
        chunks = List.copyOf(chunks);
    }

    /**
     * A chunk.
     *
     * @param offset first byte of device
     * @param length bytes of device
     * @param frames how many frames it has
     * @param used bytes in its extents
     * @param stored bytes its frames are stored as
     * @param unreadable bytes that could not be read
     * @param table digest of its table
     */
    public record Chunk(long offset, long length, int frames, long used, long stored, long unreadable, Digest table) {

        void write(JsonGenerator out) throws IOException {
            out.writeStartObject();
            out.writeNumberField("offset", offset);
            out.writeNumberField("length", length);
            out.writeNumberField("frames", frames);
            out.writeNumberField("used", used);
            out.writeNumberField("stored", stored);
            out.writeNumberField("unreadable", unreadable);
            out.writeStringField("table", table.toHex());
            out.writeEndObject();
        }

        static Chunk read(JsonInput in) throws IOException {
            long[] numbers = {-1, -1, -1, -1, -1, -1};
            Digest[] table = new Digest[1];
            in.current(name -> {
                switch (name) {
                    case "offset" -> numbers[0] = in.number(0, Long.MAX_VALUE);
                    case "length" -> numbers[1] = in.number(1, 1L << 40);
                    case "frames" -> numbers[2] = in.number(1, Table.MAX_FRAMES);
                    case "used" -> numbers[3] = in.number(1, Long.MAX_VALUE);
                    case "stored" -> numbers[4] = in.number(1, Long.MAX_VALUE);
                    case "unreadable" -> numbers[5] = in.number(0, Long.MAX_VALUE);
                    case "table" -> table[0] = in.digest();
                    default -> in.skip();
                }
            });
            for (long number : numbers) {
                if (number < 0 || table[0] == null || numbers[0] > Long.MAX_VALUE - numbers[1]) {
                    throw new IOException("a chunk lacks a field");
                }
            }
            return new Chunk(numbers[0], numbers[1], (int) numbers[2], numbers[3], numbers[4], numbers[5], table[0]);
        }
    }

    /** Returns its bytes. */
    public byte[] encode() {
        return JsonOutput.object(out -> {
            out.writeNumberField("image", VERSION);
            out.writeArrayFieldStart("requires");
            for (String one : requires) {
                out.writeString(one);
            }
            out.writeEndArray();
            out.writeStringField("repository", repository);
            out.writeStringField("name", name);
            out.writeStringField("created", spec.created().toString());
            out.writeNumberField("deviceLength", spec.deviceLength());
            out.writeNumberField("sectorSize", spec.sectorSize());
            out.writeNumberField("frameSize", spec.frameSize());
            out.writeNumberField("chunkSize", spec.chunkSize());
            out.writeStringField("codec", spec.codecName());
            out.writeNumberField("codecNumber", spec.codecWireId());
            out.writeNumberField("level", spec.level());
            out.writeBooleanField("usedOnly", spec.usedOnly());
            JsonOutput.facts(out, "device", spec.metadata());
            JsonOutput.facts(out, "statistics", statistics);
            out.writeStringField("imageDigest", digests.image().toHex());
            out.writeStringField("contentDigest", digests.content().toHex());
            out.writeArrayFieldStart("chunks");
            for (Chunk chunk : chunks) {
                chunk.write(out);
            }
            out.writeEndArray();
        });
    }

    /**
     * Reads one.
     *
     * @throws IOException if it is none: what was found
     * @throws TooNewException if it is of a version that is not known, or requires what is not
     */
    public static Manifest decode(byte[] bytes) throws IOException {
        Parts parts = new Parts();
        try (JsonInput in = new JsonInput(bytes)) {
            in.whole(name -> parts.field(name, in));
        }
        return parts.manifest();
    }

    /** A manifest that only a later program reads. */
    public static final class TooNewException extends IOException {
        private static final long serialVersionUID = 1L;

        TooNewException(String reason) {
            super(reason);
        }
    }

    /** What was read so far. */
    private static final class Parts {
        private long version = -1;
        private List<String> requires;
        private String repository;
        private String name;
        private String created;
        private long deviceLength;
        private int sectorSize;
        private int frameSize;
        private long chunkSize;
        private String codec;
        private int wireId;
        private int level;
        private boolean usedOnly;
        private Metadata device = Metadata.empty();
        private Metadata statistics = Metadata.empty();
        private Digest image;
        private Digest content;
        private final List<Chunk> chunks = new ArrayList<>();

        void field(String field, JsonInput in) throws IOException {
            switch (field) {
                case "image" -> version = in.number(1, Long.MAX_VALUE);
                case "requires" -> requires = in.texts(MOST_REQUIRED);
                case "repository" -> repository = in.text();
                case "name" -> name = in.text();
                case "created" -> created = in.text();
                case "deviceLength" -> deviceLength = in.number(1, Long.MAX_VALUE);
                case "sectorSize" -> sectorSize = (int) in.number(1, 1 << 20);
                case "frameSize" -> frameSize = (int) in.number(ImageSpec.MIN_FRAME_SIZE, ImageSpec.MAX_FRAME_SIZE);
                case "chunkSize" -> chunkSize = in.number(1, ImageSpec.MAX_CHUNK_SIZE);
                case "codec" -> codec = in.text();
                case "codecNumber" -> wireId = (int) in.number(1, 0xFFFF);
                case "level" -> level = (int) in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "usedOnly" -> usedOnly = in.flag();
                case "device" -> device = in.facts();
                case "statistics" -> statistics = in.facts();
                case "imageDigest" -> image = in.digest();
                case "contentDigest" -> content = in.digest();
                case "chunks" -> in.array(MAX_CHUNKS, () -> chunks.add(Chunk.read(in)));
                default -> in.skip();
            }
        }

        Manifest manifest() throws IOException {
            if (version > VERSION) {
                throw new TooNewException("is version " + version + " of an image in a repository, this program knows 1");
            }
            if (version < 0 || requires == null) {
                throw new IOException("it is no manifest of an image");
            }
            if (!requires.isEmpty()) {
                throw new TooNewException("requires " + String.join(", ", requires) + ", which this program does not know");
            }
            if (repository == null || name == null || created == null || codec == null || image == null || content == null) {
                throw new IOException("a field is missing");
            }
            try {
                long frames = chunks.stream().mapToLong(Chunk::frames).sum();
                ImageSpec spec = new ImageSpec(deviceLength, sectorSize, frameSize, chunkSize, codec, wireId, level, usedOnly,
                        Instant.parse(created), chunks.size(), frames, device);
                return new Manifest(requires, repository, name, spec, statistics, new ImageDigests(image, content), chunks);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
