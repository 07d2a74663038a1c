package org.imagingutility.disk.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns JSON into maps, lists, texts, whole numbers, truth values and null; arrays of ranges, of which there may be many, into
 * {@link RangeArray}s. What a manifest may have of each is bounded, so that the tree of the longest one that is read takes some
 * ten MiB, whatever stands in it. For one thread.
 */
final class JsonTree {
    /** The name of arrays of ranges. */
    static final String RANGES = "BadRanges";
    /** A manifest has a few for each partition and piece; a tree of so many values takes less than 30 MiB. */
    static final int MAX_VALUES = 200_000;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 1 << 20;
    private static final int MAX_NAME = 1000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(32)
                    .maxStringLength(MAX_TEXT).maxNameLength(MAX_NAME).build())
            .build();

    private final JsonParser in;
    private int values;

    private JsonTree(JsonParser in) {
        this.in = in;
    }

    /** Returns the one object that {@code json} is. */
    static Fields parse(byte[] json) throws BadManifestException {
        try (JsonParser in = JSON.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new BadManifestException(0, "is no JSON object");
            }
            Fields fields = new Fields("", new JsonTree(in).object());
            if (in.nextToken() != null) {
                throw new BadManifestException(in.currentLocation().getByteOffset(), "something stands behind the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new BadManifestException(e.getLocation() == null ? -1 : e.getLocation().getByteOffset(),
                    "is no JSON text that a manifest may be: " + e.getOriginalMessage());
        } catch (IOException e) {
            // an array in memory is read
            throw new IllegalStateException(e);
        }
    }

    private BadManifestException bad(String reason) {
        return new BadManifestException(in.currentLocation().getByteOffset(), reason);
    }

    private Map<String, Object> object() throws IOException, BadManifestException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            members.put(name, name.equals(RANGES) && token == JsonToken.START_ARRAY ? ranges() : value(token));
        }
        return members;
    }

    private List<Object> array() throws IOException, BadManifestException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            elements.add(value(token));
        }
        return elements;
    }

    private RangeArray ranges() throws IOException, BadManifestException {
        RangeArray ranges = new RangeArray();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw bad(RANGES + "[" + ranges.count() + "] is no object");
            }
            range(ranges);
        }
        return ranges;
    }

    private void range(RangeArray ranges) throws IOException, BadManifestException {
        long offset = -1;
        long length = -1;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (name.equals("Offset") && token == JsonToken.VALUE_NUMBER_INT) {
                offset = in.getLongValue();
            } else if (name.equals("Length") && token == JsonToken.VALUE_NUMBER_INT) {
                length = in.getLongValue();
            } else {
                throw bad(RANGES + "[" + ranges.count() + "] has \"" + name + "\": a range has the whole numbers Offset and Length");
            }
        }
        if (offset < 0 || length < 0) {
            throw bad(RANGES + "[" + ranges.count() + "] lacks Offset or Length, or one is negative");
        }
        ranges.add(offset, length);
    }

    private Object value(JsonToken token) throws IOException, BadManifestException {
        if (token == null) {
            throw bad("the JSON text ends too early");
        }
        if (++values > MAX_VALUES) {
            throw bad("has more than " + MAX_VALUES + " values, which no manifest has");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw bad("a value that is neither text nor whole number nor truth value: " + token);
        };
    }
}
