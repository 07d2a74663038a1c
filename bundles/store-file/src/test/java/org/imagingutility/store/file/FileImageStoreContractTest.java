package org.imagingutility.store.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.tck.store.ImageStoreContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreContractTest {
    @TempDir
    private Path directory;
    @TempDir
    private Path other;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new ImageStoreContract(new Files()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private final class Files implements ImageStoreContract.Fixture {
        private final ImageStore store = new FileImageStore();
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public ImageStore store() {
            return store;
        }

        @Override
        public String newReference() {
            return directory.resolve("image" + number.incrementAndGet() + ".skzimg").toString();
        }

        @Override
        public Optional<String> folderOf(String reference) {
            return Optional.of(directory.toString());
        }

        @Override
        public Optional<String> otherFolder() {
            return Optional.of(other.toString());
        }
    }
}
