package org.imagingutility.engine.repository.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;

/**
 * Reads a JSON text whose fields are known by name; unknown fields are passed over. Every value is checked where it is read. For one
 * thread.
 */
final class JsonInput implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final int DIGEST_BYTES = 32;

    private final JsonParser in;

    JsonInput(byte[] text) throws IOException {
        this.in = JSON.createParser(text);
    }

    /** Takes the fields of an object. */
    interface Fields {
        /** Reads the value of field {@code name}, or has it passed over ({@link #skip}). */
        void field(String name) throws IOException;
    }

    /** Takes the elements of an array. */
    interface Elements {
        /** Reads the next one. */
        void element() throws IOException;
    }

    /** Reads the whole text, which is one object. */
    void whole(Fields fields) throws IOException {
        in.nextToken();
        current(fields);
        if (in.nextToken() != null) {
            throw new IOException("more follows the object");
        }
    }

    /** Reads an object that is the value of a field. */
    void object(Fields fields) throws IOException {
        in.nextToken();
        current(fields);
    }

    /** Reads an object whose begin was read, as in an array. */
    void current(Fields fields) throws IOException {
        expect(JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            fields.field(in.currentName());
        }
        expect(JsonToken.END_OBJECT);
    }

    /** Reads an array of at most {@code most} elements; each one's first token was read. */
    void array(int most, Elements elements) throws IOException {
        in.nextToken();
        expect(JsonToken.START_ARRAY);
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == null || ++count > most) {
                throw new IOException(in.currentToken() == null ? "the text ends within an array" : "an array has more than " + most + " elements");
            }
            elements.element();
        }
    }

    void skip() throws IOException {
        in.nextToken();
        in.skipChildren();
    }

    String text() throws IOException {
        in.nextToken();
        return currentText();
    }

    String currentText() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return in.getText();
    }

    boolean flag() throws IOException {
        JsonToken token = in.nextToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw new IOException("\"" + in.currentName() + "\" is no truth value");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    long number(long least, long most) throws IOException {
        in.nextToken();
        return currentNumber(least, most);
    }

    private long currentNumber(long least, long most) throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT);
        long value = in.getLongValue();
        if (value < least || value > most) {
            throw new IOException(value + " is not in " + least + ".." + most + named());
        }
        return value;
    }

    Digest digest() throws IOException {
        return hexDigest(text());
    }

    static Digest hexDigest(String hex) throws IOException {
        if (hex.length() != 2 * DIGEST_BYTES || !ObjectNames.isHex(hex)) {
            throw new IOException("\"" + hex + "\" is no SHA-256");
        }
        return Digest.ofHex(hex);
    }

    /** Reads an array of {@code [offset, length]} that ascend and do not touch. */
    ExtentList extents(int most) throws IOException {
        ExtentList.Builder extents = new ExtentList.Builder();
        long[] end = {-1};
        array(most, () -> {
            expect(JsonToken.START_ARRAY);
            long offset = number(0, Long.MAX_VALUE);
            long length = number(1, Long.MAX_VALUE - offset);
            if (in.nextToken() != JsonToken.END_ARRAY || offset <= end[0]) {
                throw new IOException("the range at " + offset + " is not one behind the last");
            }
            extents.add(offset, length);
            end[0] = offset + length;
        });
        return extents.build();
    }

    /** Reads an array of texts. */
    List<String> texts(int most) throws IOException {
        List<String> texts = new ArrayList<>();
        array(most, () -> texts.add(currentText()));
        return List.copyOf(texts);
    }

    Metadata facts() throws IOException {
        Map<String, Object> facts = new TreeMap<>();
        object(name -> {
            JsonToken token = in.nextToken();
            facts.put(name, switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
                case VALUE_STRING -> in.getText();
                case VALUE_NUMBER_INT -> in.getLongValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw new IOException("\"" + name + "\" is no text, whole number or truth value");
            });
        });
        return Metadata.of(facts);
    }

    private void expect(JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new IOException("found " + in.currentToken() + ", expected " + token + named());
        }
    }

    private String named() throws IOException {
        return in.currentName() == null ? "" : " (\"" + in.currentName() + "\")";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
