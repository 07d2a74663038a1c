package org.imagingutility.api.job;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.ReadingOptions;

/**
 * Names a volume whose files are read.
 *
 * @param source reference of an image, of the folder of a backup set, of a device or a raw file, or of one partition of any of these
 *        ({@code disk#2})
 * @param fileSystem name of the reader that is asked; empty for all there are
 * @param codePage name of the code page of names that are kept in bytes of one
 * @param cacheBytes decoded content of images that is kept in memory, in bytes
 */
public record BrowseRequest(String source, Optional<String> fileSystem, String codePage, long cacheBytes) {

    /** Checks the values. */
    public BrowseRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(codePage, "codePage");
        if (cacheBytes < ServeRequest.MIN_CACHE) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes: expected at least " + ServeRequest.MIN_CACHE);
        }
    }

    /** Creates a request for what {@code source} is taken for, with the cache and the code page that count unless others are asked for. */
    public BrowseRequest(String source) {
        this(source, Optional.empty(), ReadingOptions.DEFAULT_CODE_PAGE, ServeRequest.DEFAULT_CACHE);
    }

    /**
     * Returns what the reader is told.
     *
     * @throws UsageException if the code page is none that Java knows
     */
    public ReadingOptions options() throws UsageException {
        try {
            return new ReadingOptions(Charset.forName(codePage));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UsageException("\"" + codePage + "\" is no code page that is known here", "for example IBM437, IBM850, windows-1252");
        }
    }
}
