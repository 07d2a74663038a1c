package org.imagingutility.blobs.s3;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server answered.
 *
 * @param status the code of HTTP
 * @param body what came that was not taken into a buffer of the caller, ready to be read
 */
record Answer(int status, HttpHeaders headers, ByteBuffer body) {
    static final int OK = 200;
    static final int PARTIAL = 206;
    static final int NOT_FOUND = 404;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /**
     * What of an object came.
     *
     * @param first place of the first byte
     * @param length how many bytes, as the server says
     * @param total length of the object
     */
    record Part(long first, long length, long total) {
    }

    /** Returns a header, if there is one. */
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Returns the length that the server states, if it states one that can be. */
    OptionalLong length() {
        String text = header("content-length").orElse("");
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Returns what of the object is in the answer, if the server says so in a way that can be. */
    static Optional<Part> part(int status, HttpHeaders headers) {
        if (status == OK) {
            String length = headers.firstValue("content-length").orElse("");
            return NUMBER.matcher(length).matches()
                    ? Optional.of(new Part(0, Long.parseLong(length), Long.parseLong(length))) : Optional.empty();
        }
        Matcher range = RANGE.matcher(headers.firstValue("content-range").orElse(""));
        if (status != PARTIAL || !range.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        long total = Long.parseLong(range.group(3));
        return last < first || last >= total ? Optional.empty() : Optional.of(new Part(first, last - first + 1, total));
    }
}
