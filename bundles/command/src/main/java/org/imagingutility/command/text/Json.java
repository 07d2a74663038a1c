package org.imagingutility.command.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes JSON objects, each on a line of its own and in UTF-8, to a stream it does not close. Safe for several threads. */
public final class Json {
    private final JsonFactory factory = new JsonFactory();
    private final PrintStream out;

    /** Creates a writer to {@code out}. */
    public Json(PrintStream out) {
        this.out = out;
    }

    /** Writes one object with {@code type} as its first field. */
    public void line(String type, Consumer<Node> fields) {
        object(node -> {
            node.put("type", type);
            fields.accept(node);
        });
    }

    /** Writes one object. */
    public void object(Consumer<Node> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            generator.writeStartObject();
            fields.accept(new Node(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] line = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            out.write(line, 0, line.length);
            out.flush();
        }
    }

    /** An object that is being written; fields stand in the order of the calls. */
    public static final class Node {
        private final JsonGenerator generator;

        private Node(JsonGenerator generator) {
            this.generator = generator;
        }

        /** Writes a text. */
        public Node put(String name, String value) {
            return write(() -> generator.writeStringField(name, value));
        }

        /** Writes a whole number. */
        public Node put(String name, long value) {
            return write(() -> generator.writeNumberField(name, value));
        }

        /** Writes a number. */
        public Node put(String name, double value) {
            return write(() -> generator.writeNumberField(name, value));
        }

        /** Writes true or false. */
        public Node put(String name, boolean value) {
            return write(() -> generator.writeBooleanField(name, value));
        }

        /** Writes a text, or null if there is none. */
        public Node put(String name, Optional<String> value) {
            return write(() -> generator.writeStringField(name, value.orElse(null)));
        }

        /** Writes a whole number, or null if there is none. */
        public Node put(String name, OptionalInt value) {
            return value.isPresent() ? put(name, value.getAsInt()) : write(() -> generator.writeNullField(name));
        }

        /** Writes a text, a whole number or a truth value, whichever {@code value} is. */
        public Node putValue(String name, Object value) {
            return write(() -> generator.writeObjectField(name, value));
        }

        /** Writes an object. */
        public Node object(String name, Consumer<Node> fields) {
            return write(() -> {
                generator.writeObjectFieldStart(name);
                fields.accept(this);
                generator.writeEndObject();
            });
        }

        /** Writes an array of objects, one for each of {@code values}. */
        public <T> Node objects(String name, Iterable<T> values, BiConsumer<Node, T> fields) {
            return write(() -> {
                generator.writeArrayFieldStart(name);
                for (T value : values) {
                    generator.writeStartObject();
                    fields.accept(this, value);
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        }

        /** Writes an array of texts. */
        public Node texts(String name, Iterable<String> values) {
            return write(() -> {
                generator.writeArrayFieldStart(name);
                for (String value : values) {
                    generator.writeString(value);
                }
                generator.writeEndArray();
            });
        }

        private Node write(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
