package org.imagingutility.snapshot.vss.requester;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.SnapshotException;

/** Turns failures of the service into errors of this program. */
public final class Translation {
    private Translation() {
    }

    /** Returns the error for a failure; {@code subject} is the volume, or all of them. */
    public static ImagingException of(String subject, VssFailure failure) {
        Optional<VssError> known = VssError.of(failure.code());
        if (known.filter(VssError.ACCESS_DENIED::equals).isPresent()) {
            return new NotPermittedException(subject, "Windows lets administrators alone make shadow copies (" + failure.getMessage() + ")",
                    VssError.ACCESS_DENIED.remedy(), failure);
        }
        return new SnapshotException(subject, failure.getMessage(), known.map(VssError::remedy).orElse("see what the Application log of"
                + " Windows says of VSS and volsnap"), failure);
    }
}
