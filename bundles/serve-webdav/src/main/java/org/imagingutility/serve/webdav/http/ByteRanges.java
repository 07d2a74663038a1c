package org.imagingutility.serve.webdav.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranges that a request asks for (RFC 9110, section 14.1.2), as far as the content reaches.
 *
 * @param ranges the ranges, in the order asked for; empty if none of them lies in the content: 416
 */
public record ByteRanges(List<Range> ranges) {
    private static final Pattern SPEC = Pattern.compile("(\\d{0,18})-(\\d{0,18})");
    /** More are an attack rather than a wish (section 14.2 lets a server ignore such a header). */
    private static final int MOST = 16;

    /**
     * A range of bytes.
     *
     * @param first offset of the first byte
     * @param length bytes, positive
     */
    public record Range(long first, long length) {

        /** Returns the value of a {@code Content-Range} for it. */
        public String contentRange(long total) {
            return "bytes " + first + "-" + (first + length - 1) + "/" + total;
        }
    }

    /** Checks that nothing is null. */
    public ByteRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * Returns the ranges of a header.
     *
     * @param total bytes of the content
     * @return empty if the header is none that makes sense, or asks for more ranges or bytes than the whole has: then the whole is the answer
     */
    public static Optional<ByteRanges> of(String header, long total) {
        String text = header.strip();
        if (!text.regionMatches(true, 0, "bytes=", 0, 6)) {
            return Optional.empty();
        }
        String[] specs = text.substring(6).split(",", -1);
        if (specs.length > MOST) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        long sum = 0;
        for (String each : specs) {
            Matcher spec = SPEC.matcher(each.strip());
            if (!spec.matches() || spec.group(1).isEmpty() && spec.group(2).isEmpty()) {
                return Optional.empty();
            }
            long first = spec.group(1).isEmpty() ? Math.max(0, total - Long.parseLong(spec.group(2))) : Long.parseLong(spec.group(1));
            long last = spec.group(1).isEmpty() || spec.group(2).isEmpty() ? total - 1 : Math.min(Long.parseLong(spec.group(2)), total - 1);
            if (!spec.group(1).isEmpty() && !spec.group(2).isEmpty() && Long.parseLong(spec.group(2)) < first) {
                return Optional.empty();
            }
            if (first <= last) {
                ranges.add(new Range(first, last - first + 1));
                sum += last - first + 1;
            }
        }
        // ranges that overlap, each of them the whole: what asks for them wants to keep the server busy
        return ranges.size() > 1 && sum > total ? Optional.empty() : Optional.of(new ByteRanges(ranges));
    }
}
