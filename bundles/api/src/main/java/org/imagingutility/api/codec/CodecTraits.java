package org.imagingutility.api.codec;

import java.util.Objects;
import java.util.Optional;

/**
 * What a codec can do.
 *
 * @param minLevel lowest level
 * @param maxLevel highest level
 * @param defaultLevel level used where none is asked for
 * @param stockCommand a common command that turns the frames of an image, written one after another and mixed with
 *        zstd skippable frames, back into the content ({@code zstd -d}); empty if there is none. <code>{image}</code> and
 *        <code>{raw}</code> in it stand for the image and for the file to be written; without them the image and
 *        {@code -o} with that file follow
 * @param maxZeroRun most zero bytes that one {@link Codec#encodeZeroRun} can stand for, 0 if it has no such form
 */
public record CodecTraits(int minLevel, int maxLevel, int defaultLevel, Optional<String> stockCommand,
        long maxZeroRun) {

    /** Checks the values. */
    public CodecTraits {
        Objects.requireNonNull(stockCommand, "stockCommand");
        if (minLevel > defaultLevel || defaultLevel > maxLevel) {
            throw new IllegalArgumentException("default level " + defaultLevel + " is not in " + minLevel + ".." + maxLevel);
        }
        if (maxZeroRun < 0) {
            throw new IllegalArgumentException("longest zero run " + maxZeroRun + " is negative");
        }
    }
}
