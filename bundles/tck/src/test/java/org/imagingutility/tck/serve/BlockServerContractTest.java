package org.imagingutility.tck.serve;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.tck.Verdict;
import org.imagingutility.tck.serve.MemoryBlockServer.Flaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class BlockServerContractTest {

    @Test
    void theServerInMemoryKeepsIt() {
        Verdict.keeps(contract());
    }

    @ParameterizedTest
    @CsvSource({"ONE_DEVICE_FOR_ALL, has an address for each device", "PASSES_ALL_ON, what lies outside a device",
        "PASSES_ALL_ON, a device that is read only", "HIDES_DAMAGE, a damaged range", "FORGETS_FLUSH, what clients write arrives",
        "TAKES_ANY_NUMBER, turns away connections", "WAITS_FOR_NOBODY, asks no device any more", "COUNTS_NOTHING, counts what it does",
        "SHARES_ADDRESSES, an address in use"})
    void aServerThatBreaksARuleIsFound(Flaw flaw, String rule) {
        Verdict.breaks(contract(flaw), rule);
    }

    private static BlockServerContract contract(Flaw... flaws) {
        MemoryBlockServer server = new MemoryBlockServer(flaws);
        AtomicInteger number = new AtomicInteger();
        return new BlockServerContract(new BlockServerContract.Fixture() {
            @Override
            public BlockServer server() {
                return server;
            }

            @Override
            public Endpoint newEndpoint() {
                return new Endpoint.UnixSocket("memory " + number.incrementAndGet());
            }

            @Override
            public BlockClient connect(String address) throws IOException {
                return server.connect(address);
            }

            @Override
            public void say(String address, byte[] bytes) {
                // there is nothing between a client and this server that could be said wrongly
            }
        });
    }
}
