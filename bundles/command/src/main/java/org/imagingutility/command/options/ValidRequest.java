package org.imagingutility.command.options;

import java.util.function.Supplier;
import org.imagingutility.api.error.UsageException;

/** Makes requests of options: what a record refuses is a usage error. */
public final class ValidRequest {
    private ValidRequest() {
    }

    public static <T> T of(Supplier<T> request) throws UsageException {
        try {
            return request.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), null);
        }
    }
}
