package org.imagingutility.engine.repository.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.junit.jupiter.api.Test;

class RepositoryStoreTest {
    private static final ImageReference IMAGE = ImageReference.of("place:x#pc").orElseThrow();

    private static BlobStoreProvider refusing(boolean acceptsAny, Reason reason) {
        return new BlobStoreProvider() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public boolean accepts(String reference) {
                return true;
            }

            @Override
            public boolean acceptsAny() {
                return acceptsAny;
            }

            @Override
            public BlobStore open(String reference) throws BlobException {
                throw new BlobException(reference, "", reason, "is refused", null, null);
            }
        };
    }

    @Test
    void aPlaceThatCannotBeOpenedIsAnErrorWhereItsReferenceHasAFormOfItsOwn() {
        assertThatThrownBy(() -> RepositoryStore.of(refusing(false, Reason.DENIED), IMAGE)).isInstanceOf(BlobException.class);
    }

    @Test
    void whatMayBeAFileAsWellIsPassedOverUnlessItMayPass() throws Exception {
        assertThat(RepositoryStore.of(refusing(true, Reason.FAILED), IMAGE)).isEmpty();
        assertThatThrownBy(() -> RepositoryStore.of(refusing(true, Reason.TRANSIENT), IMAGE)).isInstanceOf(BlobException.class);
    }
}
