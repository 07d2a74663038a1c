package org.imagingutility.blobs.file;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.tck.blobs.BlobStoreContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreContractTest {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new BlobStoreContract(new Folders()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private final class Folders implements BlobStoreContract.Fixture {
        private final BlobStoreProvider provider = new FolderBlobStoreProvider();
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public BlobStoreProvider provider() {
            return provider;
        }

        @Override
        public String newReference() {
            return directory.resolve("place " + number.incrementAndGet()).toString();
        }
    }
}
