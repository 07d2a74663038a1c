package org.imagingutility.blobs.s3;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.tck.blobs.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3BlobStoreContractTest {
    private S3Server server;

    @BeforeAll
    void start() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return checks("prefix", new S3Settings());
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractWithoutConditionalPuts() {
        S3Settings settings = new S3Settings();
        Map<String, String> values = new java.util.HashMap<>();
        settings.settings().forEach(setting -> values.put(setting.key(), setting.defaultValue()));
        values.put("s3.conditional-put", "false");
        settings.apply(values);
        return checks("unconditional", settings);
    }

    private Stream<DynamicTest> checks(String prefix, S3Settings settings) {
        return new BlobStoreContract(new Prefixes(prefix, settings)).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private final class Prefixes implements BlobStoreContract.Fixture {
        private final String prefix;
        private final BlobStoreProvider provider;
        private final AtomicInteger number = new AtomicInteger();

        Prefixes(String prefix, S3Settings settings) {
            this.prefix = prefix;
            this.provider = new S3BlobStoreProvider(settings, server.environment(), Path.of("nobody"));
        }

        @Override
        public BlobStoreProvider provider() {
            return provider;
        }

        @Override
        public String newReference() {
            return "s3://" + S3Server.BUCKET + "/" + prefix + "=1+1/" + number.incrementAndGet();
        }
    }
}
