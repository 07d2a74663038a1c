package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImagingException;

/**
 * One page of a list, of as many of {@code ListObjectsV2}'s as it takes: they have up to 1000 keys, and may have fewer, or none, although
 * there are more. For one thread.
 */
final class S3List {
    /** What S3 gives at once, whatever it is asked for. */
    static final int USUAL_PAGE = 1000;
    /** A bucket with versions may have that many pages of deleted objects one after another, and more. */
    private static final int MOST_EMPTY = 10_000;
    private static final int MAX_TOKEN = 4096;
    private static final String WHAT = "cannot be listed: ";
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final S3Client client;
    private final String prefix;
    private final String after;
    private final int limit;
    private final int pageSize;
    private final List<BlobInfo> objects = new ArrayList<>();
    /** The last key that was listed. */
    private String last = "";

    S3List(S3Client client, String prefix, String after, int limit, int pageSize) {
        this.client = client;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
        this.pageSize = pageSize;
    }

    List<BlobInfo> objects() throws ImagingException {
        String token = "";
        int empty = 0;
        do {
            Xml page = page(token);
            int before = objects.size();
            for (Map<String, String> object : page.contents()) {
                add(object);
            }
            empty = objects.size() == before ? empty + 1 : 0;
            token = next(page, token);
            if (empty > MOST_EMPTY) {
                throw wrong("the server sends pages without objects again and again");
            }
        } while (!token.isEmpty() && objects.size() < limit);
        return objects;
    }

    private Xml page(String token) throws ImagingException {
        String begin = client.place().reference().prefix();
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("list-type", "2");
        parameters.put("max-keys", Integer.toString(Math.min(pageSize, limit - objects.size())));
        parameters.put("prefix", begin + prefix);
        if (!token.isEmpty()) {
            parameters.put("continuation-token", token);
        } else if (!after.isEmpty()) {
            parameters.put("start-after", begin + after);
        }
        try {
            Answer answer = client.send("GET", client.place().bucket(parameters));
            if (answer.status() != Answer.OK) {
                throw S3Failures.of(client.place(), "", WHAT, answer);
            }
            Xml page = Xml.read(answer.body());
            if (!page.name().equals("ListBucketResult")) {
                throw wrong("the server answered with another thing than a list");
            }
            return page;
        } catch (IOException e) {
            throw S3Failures.of(client.place(), "", WHAT, e);
        }
    }

    /** Returns by what to ask for the next page; empty if there is none. */
    private String next(Xml page, String token) throws BlobException {
        if (!page.text("IsTruncated").equals("true")) {
            return "";
        }
        String next = page.text("NextContinuationToken");
        if (next.isEmpty() || next.length() > MAX_TOKEN || next.equals(token)) {
            throw wrong("the server says that there are more objects, but not how to ask for them");
        }
        return next;
    }

    private void add(Map<String, String> object) throws BlobException {
        String begin = client.place().reference().prefix();
        String name = object.getOrDefault("Key", "");
        String key = name.startsWith(begin) ? name.substring(begin.length()) : "";
        String length = object.getOrDefault("Size", "");
        if (!BlobKeys.isKey(key)) {
            // something else that lies in the bucket
            return;
        }
        if (!key.startsWith(prefix) || key.compareTo(after) <= 0 || key.compareTo(last) <= 0) {
            throw wrong("the server lists object \"" + key + "\", which was not asked for, or not in order");
        }
        last = key;
        if (!LENGTH.matcher(length).matches()) {
            throw wrong("the server lists object \"" + key + "\" without a length");
        }
        if (objects.size() == limit) {
            throw wrong("the server lists more objects than were asked for");
        }
        try {
            objects.add(new BlobInfo(key, Long.parseLong(length), Instant.parse(object.getOrDefault("LastModified", ""))));
        } catch (DateTimeException e) {
            throw wrong("the server lists object \"" + key + "\" without a time");
        }
    }

    private BlobException wrong(String text) {
        return S3Failures.wrong(client.place(), "", WHAT + text);
    }
}
