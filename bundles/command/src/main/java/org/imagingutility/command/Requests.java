package org.imagingutility.command;

import java.util.function.Supplier;
import org.imagingutility.api.error.UsageException;

/** Makes requests of options: what a record refuses is a usage error. */
final class Requests {
    private Requests() {
    }

    static <T> T checked(Supplier<T> request) throws UsageException {
        try {
            return request.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), null);
        }
    }
}
