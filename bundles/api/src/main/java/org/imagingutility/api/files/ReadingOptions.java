package org.imagingutility.api.files;

import java.nio.charset.Charset;
import java.util.Objects;

/**
 * How things are read that a volume does not tell.
 *
 * @param codePage the code page of names that are kept in bytes of one (short names of FAT); what a volume says of itself counts more
 */
public record ReadingOptions(Charset codePage) {
    /** The code page unless another is asked for: that of DOS and of Linux's FAT driver. */
    public static final String DEFAULT_CODE_PAGE = "IBM437";

    /** Checks that nothing is null. */
    public ReadingOptions {
        Objects.requireNonNull(codePage, "codePage");
    }

    /** Returns the options that count unless others are asked for. */
    public static ReadingOptions standard() {
        return new ReadingOptions(Charset.forName(DEFAULT_CODE_PAGE));
    }
}
