package org.imagingutility.engine.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;

/**
 * Records as JSON objects, every component by its name. A component is a record, an enum, a string, a number, a truth
 * value, a {@link Duration}, an {@link Instant}, a {@link Digest}, a list, a map with strings for keys, or an optional of these, empty as
 * {@code null}. A sealed interface of records is an object with the simple name of the record's class in {@code type}: only
 * what the interface permits can be named. Reading is strict: what is missing, unknown, or refused by the record is an
 * {@link IOException}, so that nothing is done that was not asked for.
 */
final class RecordJson {
    private static final String TYPE = "type";

    private final JsonFactory factory = new JsonFactory();

    /** Returns the record as text in UTF-8. */
    byte[] write(Record value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            write(json, value.getClass(), value);
        }
        return bytes.toByteArray();
    }

    /** Returns the record as one line of text in UTF-8, its end included. */
    byte[] writeLine(Record value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            write(json, value.getClass(), value);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** Returns the record of that type that {@code text} holds, and nothing else. */
    <T extends Record> T read(byte[] text, Class<T> type) throws IOException {
        try (JsonParser json = factory.createParser(text)) {
            json.nextToken();
            T value = type.cast(read(json, type, "the file"));
            if (json.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return value;
        }
    }

    private void write(JsonGenerator json, Type type, Object value) throws IOException {
        if (value instanceof Optional<?> optional) {
            write(json, argument(type, 0), optional.orElse(null));
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof String || value instanceof Enum || value instanceof Duration || value instanceof Instant
                || value instanceof Digest) {
            json.writeString(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof OptionalInt number) {
            write(json, Integer.class, number.isPresent() ? number.getAsInt() : null);
        } else if (value instanceof OptionalLong number) {
            write(json, Long.class, number.isPresent() ? number.getAsLong() : null);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, argument(type, 0), element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, argument(type, 1), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Record part) {
            writeRecord(json, type, part);
        } else {
            throw new IllegalStateException("no JSON is laid down for " + type.getTypeName());
        }
    }

    private void writeRecord(JsonGenerator json, Type type, Record value) throws IOException {
        json.writeStartObject();
        if (raw(type).isSealed()) {
            json.writeStringField(TYPE, value.getClass().getSimpleName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            json.writeFieldName(component.getName());
            try {
                write(json, component.getGenericType(), component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        json.writeEndObject();
    }

    private Object read(JsonParser json, Type type, String place) throws IOException {
        Class<?> raw = raw(type);
        boolean isNull = json.currentToken() == JsonToken.VALUE_NULL;
        if (raw == Optional.class) {
            return isNull ? Optional.empty() : Optional.of(read(json, argument(type, 0), place));
        }
        if (raw == OptionalInt.class) {
            return isNull ? OptionalInt.empty() : OptionalInt.of((int) read(json, int.class, place));
        }
        if (raw == OptionalLong.class) {
            return isNull ? OptionalLong.empty() : OptionalLong.of((long) read(json, long.class, place));
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return expect(json, place, JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE) == JsonToken.VALUE_TRUE;
        }
        if (raw == int.class || raw == Integer.class) {
            expect(json, place, JsonToken.VALUE_NUMBER_INT);
            return json.getIntValue();
        }
        if (raw == long.class || raw == Long.class) {
            expect(json, place, JsonToken.VALUE_NUMBER_INT);
            return json.getLongValue();
        }
        if (raw == List.class) {
            return list(json, argument(type, 0), place);
        }
        if (raw == Map.class) {
            return map(json, argument(type, 1), place);
        }
        if (raw.isRecord() || raw.isInterface() && raw.isSealed()) {
            return object(json, raw, place);
        }
        expect(json, place, JsonToken.VALUE_STRING);
        return ofText(json.getText(), raw, place);
    }

    private static Object ofText(String text, Class<?> type, String place) throws IOException {
        try {
            if (type == String.class) {
                return text;
            }
            if (type == Duration.class) {
                return Duration.parse(text);
            }
            if (type == Instant.class) {
                return Instant.parse(text);
            }
            if (type == Digest.class) {
                return Digest.ofHex(text);
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(place + " is \"" + text + "\": " + e.getMessage(), e);
        }
        for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IOException(place + " is \"" + text + "\", which is no " + type.getSimpleName());
    }

    private List<Object> list(JsonParser json, Type element, String place) throws IOException {
        expect(json, place, JsonToken.START_ARRAY);
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(json, element, place));
        }
        return list;
    }

    private Map<String, Object> map(JsonParser json, Type value, String place) throws IOException {
        expect(json, place, JsonToken.START_OBJECT);
        Map<String, Object> map = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            map.put(name, read(json, value, place + "." + name));
        }
        return map;
    }

    private Object object(JsonParser json, Class<?> type, String place) throws IOException {
        expect(json, place, JsonToken.START_OBJECT);
        json.nextToken();
        if (!type.isSealed()) {
            return record(json, type, place);
        }
        if (json.currentToken() != JsonToken.FIELD_NAME || !TYPE.equals(json.currentName())) {
            throw new IOException(place + " does not begin with its \"" + TYPE + "\"");
        }
        json.nextToken();
        expect(json, place, JsonToken.VALUE_STRING);
        String name = json.getText();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isRecord() && permitted.getSimpleName().equals(name)) {
                json.nextToken();
                return record(json, permitted, place);
            }
        }
        throw new IOException(place + " is a \"" + name + "\", which this version does not know");
    }

    /** Reads from the first field's name to the end of the object. */
    private Object record(JsonParser json, Class<?> type, String place) throws IOException {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        Map<String, Object> values = new HashMap<>();
        for (; json.currentToken() != JsonToken.END_OBJECT; json.nextToken()) {
            expect(json, place, JsonToken.FIELD_NAME);
            String name = json.currentName();
            RecordComponent component = components.get(name);
            if (component == null || values.containsKey(name)) {
                throw new IOException(place + " has \"" + name + "\""
                        + (component == null ? ", which this version does not know" : " twice"));
            }
            json.nextToken();
            values.put(name, read(json, component.getGenericType(), place + "." + name));
        }
        for (String name : components.keySet()) {
            if (!values.containsKey(name)) {
                throw new IOException(place + " has no \"" + name + "\"");
            }
        }
        return make(type, components.values().toArray(new RecordComponent[0]), values, place);
    }

    private static Object make(Class<?> type, RecordComponent[] components, Map<String, Object> values, String place)
            throws IOException {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components).map(component -> values.get(component.getName())).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IOException(place + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static JsonToken expect(JsonParser json, String place, JsonToken... expected) throws IOException {
        JsonToken token = json.currentToken();
        if (!Arrays.asList(expected).contains(token)) {
            throw new IOException(place + " is " + (token == null ? "cut off" : token.name().toLowerCase(java.util.Locale.ROOT))
                    + ", expected " + Arrays.toString(expected).toLowerCase(java.util.Locale.ROOT));
        }
        return token;
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
