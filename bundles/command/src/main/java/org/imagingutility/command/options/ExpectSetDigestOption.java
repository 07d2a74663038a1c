package org.imagingutility.command.options;

import java.util.Optional;
import org.imagingutility.api.Digest;
import picocli.CommandLine.Option;

/** {@code --expect-digest} of the commands that read a backup set. */
public final class ExpectSetDigestOption {
    @Option(names = "--expect-digest", order = 40, paramLabel = "DIGEST", converter = ExpectDigestOption.Converter.class,
            description = "Take this set only: its set digest, which backup-disk and verify-set print (the SHA-256 of the manifest), "
            + "with or without sha256: before it. Exit code 4 if it is another one.")
    private Digest expected;

    /** Returns the digest, if one was given. */
    public Optional<Digest> expected() {
        return Optional.ofNullable(expected);
    }
}
