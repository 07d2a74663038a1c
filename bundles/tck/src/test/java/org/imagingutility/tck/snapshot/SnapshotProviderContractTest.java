package org.imagingutility.tck.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.tck.Verdict;
import org.imagingutility.tck.device.MemoryDeviceProvider;
import org.junit.jupiter.api.Test;

class SnapshotProviderContractTest {

    @Test
    void theProviderInMemoryKeepsIt() {
        Verdict.keeps(new SnapshotProviderContract(new Devices()));
    }

    @Test
    void aProviderThatShowsTheDeviceItselfIsFound() {
        SnapshotProviderContract contract = new SnapshotProviderContract(new Devices() {
            @Override
            public SnapshotProvider provider() {
                return new Live(super.provider());
            }
        });
        Verdict.breaks(contract, "shows one moment");
        Verdict.breaks(contract, "stays when it is closed");
        Verdict.breaks(contract, "is gone when it is released");
        Verdict.breaks(contract, "does not touch the device");
    }

    /** Devices in memory; each instance of the provider knows them. */
    private static class Devices implements SnapshotProviderContract.Fixture {
        private final MemoryDeviceProvider devices = new MemoryDeviceProvider();
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public SnapshotProvider provider() {
            return new MemorySnapshotProvider(devices);
        }

        @Override
        public DeviceProvider devices() {
            return devices;
        }

        @Override
        public String newDevice(byte[] content) {
            String reference = "memory:disk" + number.incrementAndGet();
            devices.put(reference, content);
            return reference;
        }

        @Override
        public void overwrite(String reference, byte[] content) {
            devices.put(reference, content);
        }

        @Override
        public String missing() {
            return "memory:missing";
        }
    }

    /** Freezes nothing. */
    private record Live(SnapshotProvider provider) implements SnapshotProvider {
        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public boolean accepts(String reference) {
            return provider.accepts(reference);
        }

        @Override
        public Snapshot freeze(List<String> references) throws ImagingException {
            return live(provider.freeze(references));
        }

        @Override
        public Snapshot reopen(String id) throws ImagingException {
            return live(provider.reopen(id));
        }

        private static Snapshot live(Snapshot snapshot) {
            return new Snapshot() {
                @Override
                public String id() {
                    return snapshot.id();
                }

                @Override
                public Instant taken() {
                    return snapshot.taken();
                }

                @Override
                public String frozen(String reference) {
                    snapshot.frozen(reference);
                    return reference;
                }

                @Override
                public void release() throws ImagingException {
                    snapshot.release();
                }

                @Override
                public void close() throws ImagingException {
                    snapshot.close();
                }
            };
        }
    }
}
