package org.imagingutility.api;

import java.util.Arrays;
import java.util.HexFormat;

/** The value of a message digest; immutable, equal by content. */
public final class Digest {
    private final byte[] value;

    private Digest(byte[] value) {
        this.value = value;
    }

    /** Returns a digest with a copy of {@code value}, which must not be empty. */
    public static Digest of(byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("a digest cannot be empty");
        }
        return new Digest(value.clone());
    }

    /** Returns the digest written as hexadecimal digits in {@code hex}. */
    public static Digest ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** Returns a copy of the bytes. */
    public byte[] toBytes() {
        return value.clone();
    }

    /** Returns the bytes as lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
