package org.imagingutility.engine.plugin;

import java.time.Instant;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageSpec;

/** What images say of themselves. */
final class Specs {
    private Specs() {
    }

    static ImageSpec of(String codec, int wireId) {
        return new ImageSpec(1 << 20, 512, 1 << 16, 1 << 20, codec, wireId, 1, true, Instant.EPOCH, 1, 1, Metadata.empty());
    }
}
