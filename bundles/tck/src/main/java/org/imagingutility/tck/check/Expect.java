package org.imagingutility.tck.check;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.ContractCheck;

/** Assertions with helpful messages. */
public final class Expect {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private Expect() {
    }

    /** Fails with {@code message}, made by {@link String#format}, unless {@code holds}. */
    public static void that(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(message, arguments));
        }
    }

    /** Fails unless both are equal; {@code what} names them. */
    public static void equal(Object expected, Object found, String what) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }

    /** Fails unless both have the same bytes, with the offset of the first that differs. */
    public static void equalBytes(byte[] expected, byte[] found, String what) {
        int at = Arrays.mismatch(expected, found);
        if (at < 0) {
            return;
        }
        if (at == expected.length || at == found.length) {
            throw new AssertionError(what + ": expected " + expected.length + " bytes, found " + found.length);
        }
        throw new AssertionError(String.format("%s: byte %d: expected 0x%02X, found 0x%02X", what, at, expected[at],
                found[at]));
    }

    /** Runs what must throw {@code type} and returns it. */
    public static <T extends Throwable> T fails(Class<T> type, String what, ContractCheck.Action action) {
        Throwable thrown = thrownBy(action);
        if (type.isInstance(thrown)) {
            return type.cast(thrown);
        }
        throw unexpected(type.getSimpleName(), what, thrown);
    }

    /** Runs what is a misuse: any exception will do, but continuing as if nothing was wrong will not. */
    public static void failsSomehow(String what, ContractCheck.Action action) {
        Throwable thrown = thrownBy(action);
        if (!(thrown instanceof ImagingException || thrown instanceof RuntimeException)) {
            throw unexpected("an ImagingException or RuntimeException", what, thrown);
        }
    }

    /** Runs what a client of a server is to fail with, by whatever its protocol makes of it. */
    public static void failsSomehowInClient(String what, ContractCheck.Action action) {
        Throwable thrown = thrownBy(action);
        if (!(thrown instanceof Exception)) {
            throw unexpected("an exception", what, thrown);
        }
    }

    private static Throwable thrownBy(ContractCheck.Action action) {
        try {
            action.run();
            return null;
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return e;
        }
    }

    private static AssertionError unexpected(String expected, String what, Throwable thrown) {
        String found = thrown == null ? "it was accepted" : "found " + thrown;
        return new AssertionError(what + ": expected " + expected + ", " + found, thrown);
    }

    /** Fails unless {@code name} may stand in images for good. */
    public static void permanentName(String name) {
        that(name != null && NAME.matcher(name).matches(),
                "name '%s' is not 1 to 32 lower-case letters, digits and hyphens", name);
    }
}
