package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Verdict;
import org.junit.jupiter.api.Test;

class DeviceProviderContractTest {

    /** A memory provider to be broken; remembers the device that was opened last. */
    private static class Provider implements DeviceProvider {
        final MemoryDeviceProvider good = new MemoryDeviceProvider();
        private MemoryDevice last;

        @Override
        public String name() {
            return good.name();
        }

        @Override
        public List<DeviceInfo> list() {
            return good.list();
        }

        @Override
        public boolean accepts(String reference) {
            return good.accepts(reference);
        }

        @Override
        public Device open(String reference) throws ImagingException {
            last = good.open(reference);
            return last;
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
            return good.openTarget(reference, options);
        }
    }

    private static DeviceProviderContract contract(Provider provider) {
        AtomicInteger number = new AtomicInteger();
        return new DeviceProviderContract(new DeviceProviderContract.Fixture() {
            @Override
            public DeviceProvider provider() {
                return provider;
            }

            @Override
            public String newSource(byte[] content) {
                String reference = newReference();
                provider.good.put(reference, content);
                return reference;
            }

            @Override
            public String newReference() {
                return String.format("memory:%04d", number.incrementAndGet());
            }

            @Override
            public boolean damage(Device device, long offset) {
                provider.last.failAt(offset);
                return true;
            }

            @Override
            public boolean shrink(String reference, long length) {
                provider.last.shrinkTo(length);
                return true;
            }
        });
    }

    /** A device whose reads are changed. */
    private interface Reads {
        void read(Device device, long offset, ByteBuffer target) throws ImagingException;
    }

    private static Provider reading(Reads reads) {
        return new Provider() {
            @Override
            public Device open(String reference) throws ImagingException {
                Device device = super.open(reference);
                return new ForwardingDevice(device) {
                    @Override
                    public void read(long offset, ByteBuffer target) throws ImagingException {
                        reads.read(device, offset, target);
                    }
                };
            }
        };
    }

    @Test
    void aGoodProviderKeepsIt() {
        Verdict.keeps(contract(new Provider()));
    }

    @Test
    void findsMissingChecksOfAlignment() {
        Verdict.breaks(contract(reading((device, offset, target) -> {
            ByteBuffer aligned = Content.aligned(target.remaining());
            device.read(offset, aligned);
            target.put(aligned.flip());
        })), "refuses ranges outside and unaligned ones");
    }

    @Test
    void findsABadSectorThatCostsItsNeighbours() {
        Verdict.breaks(contract(reading((device, offset, target) -> {
            long from = offset / 4096 * 4096;
            int length = (int) (Math.min(device.length(), (offset + target.remaining() + 4095) / 4096 * 4096) - from);
            ByteBuffer pages = Content.aligned(length);
            device.read(from, pages);
            device.read(offset, target);
        })), "an unreadable sector is an error with the place, and its neighbours are read");
    }

    /** A device of which so many clusters of 4096 bytes are told, all in use, but for the one that a read begins with {@code oddly}. */
    private static Provider telling(long count, boolean oddly) {
        return new Provider() {
            @Override
            public Device open(String reference) throws ImagingException {
                return new ForwardingDevice(super.open(reference)) {
                    @Override
                    public Optional<ClustersInUse> clustersInUse() {
                        return Optional.of(new AllClusters(count, oddly));
                    }
                };
            }
        };
    }

    private record AllClusters(long clusterCount, boolean oddly) implements ClustersInUse {
        @Override
        public String fileSystem() {
            return "FS";
        }

        @Override
        public int clusterSize() {
            return 4096;
        }

        @Override
        public long firstClusterOffset() {
            return 0;
        }

        @Override
        public long read(long firstCluster, ByteBuffer target) {
            if (firstCluster % 8 != 0) {
                throw new IllegalArgumentException("cluster " + firstCluster);
            }
            long count = Math.min(clusterCount - firstCluster, 8L * target.remaining());
            for (long at = 0; at < count; at += 8) {
                target.put((byte) (oddly && at == 0 ? 0xFE : 0xFF));
            }
            return count;
        }
    }

    @Test
    void findsClustersThatAreNotOnTheDeviceOrOtherOnesInPieces() {
        String check = "tells of clusters that there are, the same in pieces";
        Verdict.keeps(contract(telling(64, false)));
        Verdict.breaks(contract(telling(65, false)), check);
        Verdict.breaks(contract(telling(0, false)), check);
        Verdict.breaks(contract(telling(64, true)), check);
    }

    @Test
    void findsAShortReadThatIsFilledUp() {
        Verdict.breaks(contract(reading((device, offset, target) -> {
            int end = target.limit();
            try {
                device.read(offset, target);
            } catch (ImagingException e) {
                target.position(end);
            }
        })), "a device that ends early is an error with the place");
    }

    @Test
    void findsATargetThatIsOverwrittenUnasked() {
        Verdict.breaks(contract(new Provider() {
            @Override
            public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
                return super.openTarget(reference, new TargetOptions(options.requiredLength(), 512, true));
            }
        }), "overwrites a device only by force, and in place");
    }

    @Test
    void findsATargetThatIsThereBeforeItIsComplete() {
        Verdict.breaks(contract(new Provider() {
            @Override
            public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
                WritableDevice target = super.openTarget(reference, options);
                if (target.fresh()) {
                    good.put(reference, new byte[(int) options.requiredLength()]);
                }
                return target;
            }
        }), "a new target that is not complete vanishes");
    }

    /** Clears something else than it is asked to: from {@code before} bytes before the range to {@code behind} bytes behind it. */
    private static Provider clearing(int before, int behind) {
        return new Provider() {
            @Override
            public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
                return new ForwardingTarget(super.openTarget(reference, options)) {
                    @Override
                    public Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
                        target.clear(offset, length, zeros);
                        long from = Math.max(0, offset - before);
                        target.clear(from, Math.min(target.length(), offset + length + behind) - from, zeros);
                        return Clearing.done(length);
                    }
                };
            }
        };
    }

    @Test
    void findsAHoleThatReachesTooFar() {
        String check = "gives back the range that is named, and nothing beside it, or refuses";
        Verdict.breaks(contract(clearing(512, 0)), check);
        Verdict.breaks(contract(clearing(0, 512)), check);
        Verdict.keeps(contract(clearing(0, 0)));
    }

    @Test
    void findsZerosThatAreNone() {
        Verdict.breaks(contract(new Provider() {
            @Override
            public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
                return new ForwardingTarget(super.openTarget(reference, options)) {
                    @Override
                    public Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
                        return target.clear(offset, length, false);
                    }
                };
            }
        }), "gives back the range that is named, and nothing beside it, or refuses");
    }

    /** A target that does what another one does. */
    private static class ForwardingTarget implements WritableDevice {
        final WritableDevice target;

        ForwardingTarget(WritableDevice target) {
            this.target = target;
        }

        @Override
        public DeviceInfo info() {
            return target.info();
        }

        @Override
        public boolean fresh() {
            return target.fresh();
        }

        @Override
        public void read(long offset, ByteBuffer buffer) throws ImagingException {
            target.read(offset, buffer);
        }

        @Override
        public void write(long offset, ByteBuffer source) throws ImagingException {
            target.write(offset, source);
        }

        @Override
        public Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
            return target.clear(offset, length, zeros);
        }

        @Override
        public void complete() throws ImagingException {
            target.complete();
        }

        @Override
        public void close() throws ImagingException {
            target.close();
        }
    }
}
