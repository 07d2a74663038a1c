package org.imagingutility.blobs.sftp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.tck.blobs.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpBlobStoreContractTest {
    private SftpServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new SftpServer(folder);
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new BlobStoreContract(new Folders()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private final class Folders implements BlobStoreContract.Fixture {
        private final BlobStoreProvider provider = server.provider();
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public BlobStoreProvider provider() {
            return provider;
        }

        @Override
        public String newReference() {
            return server.reference("some/place-" + number.incrementAndGet());
        }
    }
}
