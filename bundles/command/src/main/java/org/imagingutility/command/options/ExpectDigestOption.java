package org.imagingutility.command.options;

import java.util.Optional;
import org.imagingutility.api.Digest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --expect-digest} of the commands that read one image. */
public final class ExpectDigestOption {
    @Option(names = "--expect-digest", order = 40, paramLabel = "DIGEST", converter = Converter.class,
            description = "Take this image only: its image digest, its content digest, or (where the whole device is written) the "
            + "SHA-256 of that, 64 hexadecimal digits with or without sha256: before them. Exit code 4 if it is another one.")
    private Digest expected;

    /** Returns the digest, if one was given. */
    public Optional<Digest> expected() {
        return Optional.ofNullable(expected);
    }

    /** Reads a SHA-256 written as hexadecimal digits in upper or lower case, {@code sha256:} before it or not. */
    public static final class Converter implements ITypeConverter<Digest> {
        private static final String PREFIX = "sha256:";
        private static final int DIGITS = 64;

        @Override
        public Digest convert(String text) {
            String digits = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            for (int i = 0; i < digits.length(); i++) {
                if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), 16) < 0) {
                    throw none(text);
                }
            }
            if (digits.length() != DIGITS) {
                throw none(text);
            }
            return Digest.ofHex(digits);
        }

        private static TypeConversionException none(String text) {
            return new TypeConversionException("'" + text + "' is no SHA-256: " + DIGITS
                    + " hexadecimal digits are expected, as commands print them");
        }
    }
}
