package org.imagingutility.engine.repository.layout;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The configuration of a repository.
 *
 * @param version 1
 * @param requires what a program must know beside that
 * @param id 32 hexadecimal digits
 * @param created when the repository was made, seconds
 * @param digest how frames are named
 * @param codec how they are compressed
 */
public record Configuration(long version, List<String> requires, String id, Instant created, String digest, String codec) {
    /** The version of this class. */
    public static final int VERSION = 1;
    /** Most bytes. */
    public static final int MAX_BYTES = 64 << 10;
    /** Names of frames by plain SHA-256. */
    public static final String SHA256 = "sha256";
    /** The codec of version 1. */
    public static final String ZSTD = "zstd";
    private static final int MOST_REQUIRED = 100;

    /** Returns the configuration of a new repository. */
    public static Configuration of(String id, Instant created) {
        return new Configuration(VERSION, List.of(), id, created, SHA256, ZSTD);
    }

    /** Returns its bytes. */
    public byte[] encode() {
        return JsonOutput.object(out -> {
            out.writeNumberField("repository", version);
            out.writeArrayFieldStart("requires");
            for (String one : requires) {
                out.writeString(one);
            }
            out.writeEndArray();
            out.writeStringField("id", id);
            out.writeStringField("created", created.toString());
            out.writeStringField("digest", digest);
            out.writeStringField("codec", codec);
        });
    }

    /**
     * Reads one. Of a version that is not known only version and requirements are right.
     *
     * @throws IOException if it is none: what was found
     */
    public static Configuration decode(byte[] bytes) throws IOException {
        long[] version = {-1};
        String[] texts = new String[4];
        List<List<String>> requires = new ArrayList<>();
        try (JsonInput in = new JsonInput(bytes)) {
            in.whole(name -> {
                switch (name) {
                    case "repository" -> version[0] = in.number(1, Long.MAX_VALUE);
                    case "requires" -> requires.add(in.texts(MOST_REQUIRED));
                    case "id" -> texts[0] = in.text();
                    case "created" -> texts[1] = in.text();
                    case "digest" -> texts[2] = in.text();
                    case "codec" -> texts[3] = in.text();
                    default -> in.skip();
                }
            });
        }
        if (version[0] < 0 || requires.isEmpty() || !Arrays.stream(texts).allMatch(Objects::nonNull)) {
            throw new IOException("a field is missing");
        }
        if (texts[0].length() != 32 || !ObjectNames.isHex(texts[0])) {
            throw new IOException("id \"" + texts[0] + "\" is not 32 hexadecimal digits");
        }
        try {
            return new Configuration(version[0], requires.get(0), texts[0], Instant.parse(texts[1]), texts[2], texts[3]);
        } catch (DateTimeException e) {
            throw new IOException("created is no time: " + texts[1], e);
        }
    }
}
