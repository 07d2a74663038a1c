package org.imagingutility.command.report;

import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.command.text.Json;

/** The digests of an image in reports: as results where a job computed them, else as what the image states. */
final class DigestFacts {
    /** What is said of a digest that nobody computed. */
    static final String STATED = " (as stated, not checked)";
    private static final String IMAGE = "image digest";
    private static final String CONTENT = "content digest";

    private DigestFacts() {
    }

    /** Adds the two digests as results if they are proven; else that they are not, because of {@code reason}. */
    static void both(Lines lines, Optional<ImageDigests> proven, String reason) {
        if (proven.isPresent()) {
            lines.fact(IMAGE, proven.get().image().toHex());
            lines.fact(CONTENT, proven.get().content().toHex());
        } else {
            lines.fact("digests", "not proven: " + reason);
        }
    }

    /** Adds the content digest as a result if it is proven; else that it is not. */
    static void content(Lines lines, Optional<ImageDigests> proven) {
        if (proven.isPresent()) {
            lines.fact(CONTENT, proven.get().content().toHex());
        } else {
            lines.fact("digests", "not proven: the image has none of the whole, or a part of it was read; each frame was compared with its own");
        }
    }

    /** Adds what the image states. */
    static void stated(Lines lines, ImageInfo image) {
        lines.fact(IMAGE, image.digests().image().toHex() + STATED);
        lines.fact(CONTENT, image.digests().content().toHex() + STATED);
    }

    /** Adds which digest the expected one is, if one was expected. */
    static void expected(Lines lines, Optional<Digest> expected, Optional<ImageDigests> proven, Optional<Digest> wholeSha256) {
        if (expected.isEmpty()) {
            return;
        }
        if (wholeSha256.isPresent()) {
            lines.fact("expected", wholeSha256.get().toHex() + " is the SHA-256 of the whole device, free ranges as zeros");
        } else if (proven.isPresent()) {
            boolean image = proven.get().image().equals(expected.get());
            lines.fact("expected", expected.get().toHex() + " is the " + (image ? IMAGE : CONTENT));
        } else {
            lines.fact("expected", "not proven: the image states it, but not all of it was compared");
        }
    }

    /** Adds the proven digests, if there are some, as an object. */
    static void write(Json.Node node, Optional<ImageDigests> proven, Optional<Digest> wholeSha256) {
        node.object("proven", fields -> {
            proven.ifPresent(digests -> fields.put("imageDigest", digests.image().toHex())
                    .put("contentDigest", digests.content().toHex()));
            wholeSha256.ifPresent(whole -> fields.put("wholeSha256", whole.toHex()));
        });
    }
}
