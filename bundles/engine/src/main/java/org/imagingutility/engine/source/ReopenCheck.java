package org.imagingutility.engine.source;

import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;

/** Whether a device that was opened again, by another provider of that name, is the one that was open before. */
public final class ReopenCheck {
    private ReopenCheck() {
    }

    /** Returns found and expected of the first thing that differs. What the system does with a device may change. */
    public static Optional<String> difference(DeviceInfo before, DeviceInfo now) {
        return differs("name", now.reference(), before.reference())
                .or(() -> differs("kind", now.kind(), before.kind()))
                .or(() -> differs("length", now.length(), before.length()))
                .or(() -> differs("sector size", now.sectorSize(), before.sectorSize()))
                .or(() -> differs("label", now.label(), before.label()))
                .or(() -> differs("parent", now.parent().orElse(""), before.parent().orElse("")));
    }

    private static Optional<String> differs(String what, Object found, Object expected) {
        return found.equals(expected) ? Optional.empty()
                : Optional.of("its " + what + " is \"" + found + "\", it was \"" + expected + "\"");
    }
}
