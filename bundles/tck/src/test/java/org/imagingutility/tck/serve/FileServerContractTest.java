package org.imagingutility.tck.serve;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.tck.Verdict;
import org.imagingutility.tck.serve.MemoryFileServer.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileServerContractTest {

    @Test
    void theServerInMemoryKeepsIt() {
        Verdict.keeps(contract());
    }

    @ParameterizedTest
    @CsvSource({"ONE_IMAGE_FOR_ALL, has an address for each image", "ONE_IMAGE_FOR_ALL, many clients at once", "HIDES_DAMAGE, what cannot be read",
        "LEAVES_TREES_OPEN, many clients at once", "WAITS_FOR_NOBODY, asks no volume any more", "COUNTS_NOTHING, counts what it does",
        "SHARES_ADDRESSES, an address in use"})
    void aServerThatBreaksARuleIsFound(Flaw flaw, String rule) {
        Verdict.breaks(contract(flaw), rule);
    }

    private static FileServerContract contract(Flaw... flaws) {
        MemoryFileServer server = new MemoryFileServer(flaws);
        AtomicInteger number = new AtomicInteger();
        return new FileServerContract(new FileServerContract.Fixture() {
            @Override
            public FileServer server() {
                return server;
            }

            @Override
            public Endpoint newEndpoint() {
                return new Endpoint.UnixSocket("memory " + number.incrementAndGet());
            }

            @Override
            public byte[] fetch(String address, OptionalInt partition, List<String> names) throws IOException {
                return server.fetch(address, names);
            }
        });
    }
}
