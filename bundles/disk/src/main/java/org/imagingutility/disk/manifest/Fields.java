package org.imagingutility.disk.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;

/** The values of a JSON object by name, each of the type that is asked for; errors name the place. What is null is not there. */
final class Fields {
    private static final int DIGEST_DIGITS = 64;

    private final String path;
    private final Map<String, Object> values;

    /** {@code path} names the object, empty for the outermost. */
    Fields(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    BadManifestException bad(String name, String reason) {
        return new BadManifestException(-1, "\"" + path + name + "\" " + reason);
    }

    /** Says whether there is a field of that name, even if it is null. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Fails unless there is an array of that name. */
    void requireList(String name) throws BadManifestException {
        if (values.get(name) == null) {
            throw bad(name, "is missing");
        }
        list(name);
    }

    Optional<String> text(String name) throws BadManifestException {
        return value(name, String.class, "text");
    }

    /** Returns the text, empty if it is not there. */
    String textOrEmpty(String name) throws BadManifestException {
        return text(name).orElse("");
    }

    OptionalLong number(String name) throws BadManifestException {
        Optional<Long> number = value(name, Long.class, "whole number");
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    /** Returns a number that is not negative. */
    OptionalLong size(String name) throws BadManifestException {
        OptionalLong number = number(name);
        if (number.isPresent() && number.getAsLong() < 0) {
            throw bad(name, "is " + number.getAsLong() + ", less than 0");
        }
        return number;
    }

    long requiredSize(String name) throws BadManifestException {
        return size(name).orElseThrow(() -> bad(name, "is missing"));
    }

    boolean flag(String name) throws BadManifestException {
        return value(name, Boolean.class, "truth value").orElse(false);
    }

    /** Returns a SHA-256; upper or lower case does not matter. */
    Optional<Digest> digest(String name) throws BadManifestException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().length() != DIGEST_DIGITS || !text.get().chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw bad(name, "is no SHA-256: " + DIGEST_DIGITS + " hexadecimal digits are expected");
        }
        return Optional.of(Digest.ofHex(text.get()));
    }

    /** Returns the objects of an array, none if it is not there. */
    List<Fields> objects(String name) throws BadManifestException {
        List<Fields> objects = new ArrayList<>();
        for (Object value : list(name)) {
            objects.add(object(path + name + "[" + objects.size() + "]", value));
        }
        return objects;
    }

    /** Returns the ranges of an array of them, none if it is not there. */
    RangeArray ranges() throws BadManifestException {
        return value(JsonTree.RANGES, RangeArray.class, "array of ranges").orElseGet(RangeArray::new);
    }

    List<String> texts(String name) throws BadManifestException {
        List<String> texts = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof String text)) {
                throw bad(name + "[" + texts.size() + "]", "is no text");
            }
            texts.add(text);
        }
        return texts;
    }

    /** Returns an object, empty if it is not there. */
    Optional<Fields> object(String name) throws BadManifestException {
        return values.get(name) == null ? Optional.empty() : Optional.of(object(path + name, values.get(name)));
    }

    Iterable<String> names() {
        return values.keySet();
    }

    @SuppressWarnings("unchecked")
    private static Fields object(String place, Object value) throws BadManifestException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadManifestException(-1, "\"" + place + "\" is no object");
        }
        return new Fields(place + ".", (Map<String, Object>) map);
    }

    private List<?> list(String name) throws BadManifestException {
        Object value = values.get(name);
        if (value != null && !(value instanceof List<?>)) {
            throw bad(name, "is no array");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    private <T> Optional<T> value(String name, Class<T> type, String what) throws BadManifestException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw bad(name, "is no " + what);
        }
        return Optional.ofNullable(value).map(type::cast);
    }
}
