package org.imagingutility.engine.repository.layout;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.imagingutility.api.blobs.BlobKeys;

/**
 * The content of an object of a prune.
 *
 * @param outcome what it says
 * @param by who put it: 16 hexadecimal digits, random, of one run
 * @param time when, by the clock of that machine
 * @param keys of frames and tables: those that are condemned or deleted; else none
 */
public record PruneRecord(Outcome outcome, String by, Instant time, List<String> keys) {
    /** The version of this class. */
    public static final int VERSION = 1;
    /** Most keys. */
    public static final int MOST_KEYS = 4096;
    /** Most bytes. */
    public static final int MAX_BYTES = 4 << 20;

    /** What an object says. */
    public enum Outcome {
        /** Nothing refers to these keys: a part of a mark. */
        CONDEMNED,
        /** A writer refers to one of them: none is deleted under this mark. */
        KEPT,
        /** These keys are deleted by who put this. */
        DELETED,
        /** Who put this goes on deleting them. */
        AGAIN,
        /** All of them are deleted. */
        DONE;

        private String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Copies the list. */
    public PruneRecord {
        keys = List.copyOf(keys);
    }

    /** Returns its bytes. */
    public byte[] encode() {
        return JsonOutput.object(out -> {
            out.writeNumberField("prune", VERSION);
            out.writeStringField("outcome", outcome.text());
            out.writeStringField("by", by);
            out.writeStringField("time", time.toString());
            out.writeArrayFieldStart("keys");
            for (String key : keys) {
                out.writeString(key);
            }
            out.writeEndArray();
        });
    }

    /**
     * Reads one.
     *
     * @throws IOException if it is none, or has a key that is neither a frame's nor a table's: what was found
     */
    public static PruneRecord decode(byte[] bytes) throws IOException {
        long[] version = {-1};
        String[] texts = {"", "", ""};
        List<List<String>> keys = new java.util.ArrayList<>();
        try (JsonInput in = new JsonInput(bytes)) {
            in.whole(name -> {
                switch (name) {
                    case "prune" -> version[0] = in.number(1, Long.MAX_VALUE);
                    case "outcome" -> texts[0] = in.text();
                    case "by" -> texts[1] = in.text();
                    case "time" -> texts[2] = in.text();
                    case "keys" -> keys.add(in.texts(MOST_KEYS));
                    default -> in.skip();
                }
            });
        }
        if (version[0] != VERSION || keys.isEmpty()) {
            throw new IOException("it is version " + version[0] + " of an object of a prune, this program knows 1; or it lacks a field");
        }
        for (String key : keys.get(0)) {
            if (!BlobKeys.isKey(key) || !key.startsWith(ObjectNames.FRAMES) && !key.startsWith(ObjectNames.TABLES)) {
                throw new IOException("\"" + key + "\" is no frame or table");
            }
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome.text().equals(texts[0])) {
                try {
                    return new PruneRecord(outcome, texts[1], Instant.parse(texts[2]), keys.get(0));
                } catch (DateTimeException e) {
                    throw new IOException("time is none: " + texts[2], e);
                }
            }
        }
        throw new IOException("outcome \"" + texts[0] + "\" is not known");
    }
}
