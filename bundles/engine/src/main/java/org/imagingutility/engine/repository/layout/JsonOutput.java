package org.imagingutility.engine.repository.layout;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;

/** Writes JSON texts without spaces, ASCII only, so that equal values give equal bytes. */
final class JsonOutput {
    /** Volume labels can hold half a surrogate pair, which has no form in UTF-8 but has one as an escape. */
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonOutput() {
    }

    /** Writes the fields of an object. */
    interface Fields {
        /** Writes all of them. */
        void to(JsonGenerator out) throws IOException;
    }

    static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            fields.to(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    static void extents(JsonGenerator out, String name, ExtentList extents) throws IOException {
        out.writeArrayFieldStart(name);
        for (int i = 0; i < extents.count(); i++) {
            out.writeStartArray();
            out.writeNumber(extents.offset(i));
            out.writeNumber(extents.length(i));
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    static void facts(JsonGenerator out, String name, Metadata facts) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, Object> fact : facts.values().entrySet()) {
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
    }
}
