package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The data of an option, read field by field. Nothing is believed: a field that does not fit is an {@link InvalidOptionException}. */
final class OptionData {
    /** More queries than that in one option are nobody's need. */
    private static final int MOST_QUERIES = 64;
    private final ByteBuffer data;

    OptionData(ByteBuffer data) {
        this.data = data;
    }

    /** An option's data are not what they should be. */
    static final class InvalidOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidOptionException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Returns a string whose length, 32 bits, stands before it. */
    String string() throws InvalidOptionException {
        return string(number());
    }

    /** Returns all that is left as a string. */
    String rest() throws InvalidOptionException {
        return string(data.remaining());
    }

    private String string(long length) throws InvalidOptionException {
        if (length < 0 || length > Nbd.MAX_STRING || length > data.remaining()) {
            throw new InvalidOptionException("a string of " + length + " bytes where " + data.remaining() + " are left, at most "
                    + Nbd.MAX_STRING);
        }
        ByteBuffer bytes = data.slice(data.position(), (int) length);
        data.position(data.position() + (int) length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.indexOf('\0') >= 0) {
                throw new InvalidOptionException("a string with a NUL in it");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidOptionException("a string that is not UTF-8");
        }
    }

    private long number() throws InvalidOptionException {
        require(Integer.BYTES);
        return Integer.toUnsignedLong(data.getInt());
    }

    /** Returns numbers of 16 bits, whose count, 16 bits, stands before them and which end the data. */
    List<Integer> shorts() throws InvalidOptionException {
        require(Short.BYTES);
        int count = Short.toUnsignedInt(data.getShort());
        if (data.remaining() != count * Short.BYTES) {
            throw new InvalidOptionException(count + " requests where " + data.remaining() + " bytes are left");
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Short.toUnsignedInt(data.getShort()));
        }
        return numbers;
    }

    /** Returns strings, whose count, 32 bits, stands before them and which end the data. */
    List<String> strings() throws InvalidOptionException {
        long count = number();
        if (count > MOST_QUERIES) {
            throw new InvalidOptionException(count + " queries, at most " + MOST_QUERIES);
        }
        List<String> strings = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            strings.add(string());
        }
        end();
        return strings;
    }

    /** Fails if anything is left. */
    void end() throws InvalidOptionException {
        if (data.hasRemaining()) {
            throw new InvalidOptionException(data.remaining() + " bytes too many");
        }
    }

    private void require(int bytes) throws InvalidOptionException {
        if (data.remaining() < bytes) {
            throw new InvalidOptionException("ends within a number");
        }
    }
}
