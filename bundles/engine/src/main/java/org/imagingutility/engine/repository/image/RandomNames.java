package org.imagingutility.engine.repository.image;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody else draws. */
final class RandomNames {
    private RandomNames() {
    }

    /** Returns {@code length} random bytes in lower-case hexadecimal digits. */
    static String hex(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
