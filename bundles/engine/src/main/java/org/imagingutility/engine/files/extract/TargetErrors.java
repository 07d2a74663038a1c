package org.imagingutility.engine.files.extract;

import java.io.IOException;
import org.imagingutility.api.error.TargetException;

/** Errors of the folder as a whole. */
final class TargetErrors {
    private TargetErrors() {
    }

    static TargetException of(String folder, IOException error) {
        return new TargetException(folder, -1, String.valueOf(error.getMessage()), null, error);
    }
}
