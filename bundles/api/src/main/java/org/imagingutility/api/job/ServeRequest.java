package org.imagingutility.api.job;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imagingutility.api.serve.ServeSettings;

/**
 * Serves images, as block devices or by their files, until it is cancelled.
 *
 * @param protocol name of the server: {@code nbd}, {@code webdav}, ...
 * @param exports what is served; at least one, with names that differ
 * @param settings where, and for whom
 * @param cacheBytes decoded content that is kept in memory for all exports together, in bytes
 * @param pipeline how much is decoded at once
 */
public record ServeRequest(String protocol, List<Export> exports, ServeSettings settings, long cacheBytes, PipelineOptions pipeline)
        implements JobRequest<ServeResult> {
    /** The cache unless another is asked for, bytes. */
    public static final long DEFAULT_CACHE = 64L << 20;
    /** The smallest cache that may be asked for, bytes. */
    public static final long MIN_CACHE = 1L << 20;
    /** The most exports of one server. */
    public static final int MAX_EXPORTS = 256;

    /**
     * One image.
     *
     * @param name name that clients ask for it by; may be empty: that of the default export of block devices. At most 255 characters
     * @param image reference of an image, of the folder of a backup set for its whole disk, or of one partition of either
     *        ({@code disk#2})
     * @param asDisk whether a partition table is put around a volume; for block devices
     * @param overlay what takes the writes of clients; empty for an export that is read only, as those of files are
     */
    public record Export(String name, String image, boolean asDisk, Optional<Overlay> overlay) {
        private static final int MAX_NAME = 255;

        /** Checks the values. */
        public Export {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(overlay, "overlay");
            if (name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the name of an export has at most " + MAX_NAME + " characters and no NUL");
            }
        }
    }

    /**
     * A file that takes what clients write.
     *
     * @param file path of the file; one that is there is continued with if it belongs to the same image
     * @param keep whether it is kept when the server ends
     */
    public record Overlay(String file, boolean keep) {
        /** Checks that there is a file. */
        public Overlay {
            if (file.isEmpty()) {
                throw new IllegalArgumentException("the name of the overlay file is empty");
            }
        }
    }

    /** Checks the values. */
    public ServeRequest {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(pipeline, "pipeline");
        exports = List.copyOf(exports);
        if (exports.isEmpty() || exports.size() > MAX_EXPORTS) {
            throw new IllegalArgumentException(exports.size() + " exports: expected 1 to " + MAX_EXPORTS);
        }
        if (cacheBytes < MIN_CACHE) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes: expected at least " + MIN_CACHE);
        }
        Set<String> names = new HashSet<>();
        for (Export export : exports) {
            if (!names.add(export.name())) {
                throw new IllegalArgumentException("two exports have the name \"" + export.name() + "\"");
            }
        }
    }

    @Override
    public String kind() {
        return "serve";
    }

    @Override
    public String subject() {
        return exports.stream().map(Export::image).collect(Collectors.joining(", "));
    }
}
