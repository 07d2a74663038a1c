package org.imagingutility.engine.repository.layout;

import java.time.Instant;

/**
 * What stands in the note that a frame is damaged. Its key says which; this is for people.
 *
 * @param found when that was found, seconds
 * @param reason what is wrong
 */
public record DamageNote(Instant found, String reason) {
    /** The version of this class. */
    public static final int VERSION = 1;

    /** Returns its bytes. */
    public byte[] encode() {
        return JsonOutput.object(out -> {
            out.writeNumberField("damaged", VERSION);
            out.writeStringField("found", found.toString());
            out.writeStringField("reason", reason);
        });
    }
}
