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

/** Turns JSON into maps, lists, texts, whole numbers, truth values and null. A small depth is all that a manifest needs. */
final class JsonTree {
    private static final int MAX_DEPTH = 16;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(32).build())
            .build();

    private JsonTree() {
    }

    /** Returns the one object that {@code json} is. */
    static Fields parse(byte[] json) throws BadManifestException {
        try (JsonParser in = JSON.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new BadManifestException(0, "is no JSON object");
            }
            Fields fields = new Fields("", object(in));
            if (in.nextToken() != null) {
                throw new BadManifestException(in.currentLocation().getByteOffset(), "something stands behind the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new BadManifestException(e.getLocation() == null ? -1 : e.getLocation().getByteOffset(),
                    "is no JSON text: " + e.getOriginalMessage());
        } catch (IOException e) {
            // an array in memory is read
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> object(JsonParser in) throws IOException, BadManifestException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            values.put(name, value(in, in.nextToken()));
        }
        return values;
    }

    private static List<Object> array(JsonParser in) throws IOException, BadManifestException {
        List<Object> values = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            values.add(value(in, token));
        }
        return values;
    }

    private static Object value(JsonParser in, JsonToken token) throws IOException, BadManifestException {
        if (token == null) {
            throw new BadManifestException(in.currentLocation().getByteOffset(), "the JSON text ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new BadManifestException(in.currentLocation().getByteOffset(),
                    "a value that is neither text nor whole number nor truth value: " + token);
        };
    }
}
