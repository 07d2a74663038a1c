package org.imagingutility.format.skz.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureReader;

/** Metadata as JSON: one flat object, keys sorted, ASCII only, so that equal facts give equal bytes. */
public final class MetadataJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            // volume labels can hold half a surrogate pair, which has no form in UTF-8 but has one as an escape
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private MetadataJson() {
    }

    static byte[] encode(Metadata metadata) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (Map.Entry<String, Object> fact : metadata.values().entrySet()) {
                out.writeFieldName(fact.getKey());
                if (fact.getValue() instanceof Long number) {
                    out.writeNumber(number);
                } else if (fact.getValue() instanceof Boolean flag) {
                    out.writeBoolean(flag);
                } else {
                    out.writeString((String) fact.getValue());
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns {@code metadata} as JSON.
     *
     * @throws UsageException if it is too long for a structure
     */
    public static byte[] encodeStorable(Metadata metadata) throws UsageException {
        byte[] json = encode(metadata);
        if (json.length > Limits.JSON_BYTES) {
            throw new UsageException("metadata of " + json.length + " bytes, at most " + Limits.JSON_BYTES
                    + " can be stored", null);
        }
        return json;
    }

    /** Reads what {@link #encode} wrote; {@code source} is the structure it stands in. */
    static Metadata decode(byte[] json, StructureReader source) throws ImageDamagedException {
        Map<String, Object> facts = new TreeMap<>();
        try (JsonParser in = JSON.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw source.damaged("its JSON text is no object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                facts.put(key, value(in, key, source));
            }
            if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
                throw source.damaged("its JSON text is not one object");
            }
        } catch (IOException e) {
            throw source.damaged("its JSON text cannot be read: " + e.getMessage());
        }
        return Metadata.of(facts);
    }

    private static Object value(JsonParser in, String key, StructureReader source)
            throws IOException, ImageDamagedException {
        JsonToken token = in.nextToken();
        if (token == null) {
            throw source.damaged("its JSON text ends within \"" + key + "\"");
        }
        return switch (token) {
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw source.damaged("its JSON value \"" + key + "\" is no text, whole number or truth value");
        };
    }
}
