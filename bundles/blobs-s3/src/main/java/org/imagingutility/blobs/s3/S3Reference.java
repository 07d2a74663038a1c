package org.imagingutility.blobs.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in S3 as users write it: {@code s3://[PROFILE@]BUCKET[/PREFIX]}.
 *
 * @param text the reference itself
 * @param profile the profile whose credentials, region and endpoint are used; empty for the one that is set
 * @param bucket a name by the rules of Amazon
 * @param prefix with what the keys of all objects begin; empty, or ending with a slash
 */
record S3Reference(String text, String profile, String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    /** Objects have keys of up to 1024 bytes, ours up to 512. */
    private static final int MAX_PREFIX = 500;
    /** "Bucket naming rules" of the User Guide; what they forbid beyond this, the server refuses. */
    private static final Pattern FORM = Pattern.compile(
            "s3://(?:([A-Za-z0-9][A-Za-z0-9_.-]{0,127})@)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/((?:[A-Za-z0-9_.=+-]+/)*(?:[A-Za-z0-9_.=+-]+)?))?");

    /** Says whether a text means a place in S3, however badly. */
    static boolean isMeant(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Returns the place that {@code text} means.
     *
     * @throws IllegalArgumentException if it means none
     */
    static S3Reference of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is no place in S3");
        }
        String prefix = matcher.group(3) == null ? "" : matcher.group(3);
        for (String part : prefix.split("/")) {
            // clients and proxies would take them away
            if (part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("has a part \"" + part + "\"");
            }
        }
        if (prefix.length() > MAX_PREFIX) {
            throw new IllegalArgumentException("has a prefix of more than " + MAX_PREFIX + " characters");
        }
        String ended = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return new S3Reference(text, matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2), ended);
    }
}
