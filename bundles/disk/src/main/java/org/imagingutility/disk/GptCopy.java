package org.imagingutility.disk;

import java.util.Optional;

/**
 * One copy of a GPT, or why it cannot be used.
 *
 * @param signed whether something stood there that called itself a header
 * @param header the header, if the copy is sound
 * @param entries the entries as they stand on the disk, empty unless it is sound
 * @param damage what is wrong, if it is not sound
 */
record GptCopy(boolean signed, Optional<GptHeader> header, byte[] entries, Optional<DamagedCopyException> damage) {

    static GptCopy sound(GptHeader header, byte[] entries) {
        return new GptCopy(true, Optional.of(header), entries, Optional.empty());
    }

    static GptCopy damaged(boolean signed, DamagedCopyException damage) {
        return new GptCopy(signed, Optional.empty(), new byte[0], Optional.of(damage));
    }

    boolean isSound() {
        return header.isPresent();
    }
}
