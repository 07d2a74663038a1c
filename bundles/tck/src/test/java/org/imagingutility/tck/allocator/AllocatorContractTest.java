package org.imagingutility.tck.allocator;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Verdict;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

class AllocatorContractTest {
    private static final long[] EXTENTS = {0, 512, 1024, 4096, 10_000, 1};

    /** A file system that is a list of extents in its first sector: magic, count, then offset and length of each. */
    private static class Toy implements Allocator {
        private static final long MAGIC = 0x544F5946_53000000L;

        @Override
        public String name() {
            return "toy";
        }

        @Override
        public Optional<Allocation> recognise(Device device) throws ImagingException {
            ByteBuffer sector = Content.aligned((int) Math.min(device.length(), device.sectorSize()));
            device.read(0, sector);
            sector.flip();
            if (sector.remaining() < 512 || sector.getLong() != MAGIC) {
                return Optional.empty();
            }
            long[] extents = new long[count(device, sector)];
            for (int i = 0; i < extents.length; i++) {
                extents[i] = sector.getLong();
            }
            return Optional.of(allocation(device, extents));
        }

        int count(Device device, ByteBuffer sector) throws FileSystemException {
            long count = sector.getLong();
            if (count < 0 || count > 30) {
                throw new FileSystemException(device.info().reference(), 8, "count " + count, null);
            }
            return 2 * (int) count;
        }

        Allocation allocation(Device device, long[] extents) throws ImagingException {
            long end = -1;
            for (int i = 0; i < extents.length; i += 2) {
                if (extents[i] <= end || extents[i + 1] <= 0 || extents[i] > device.length() - extents[i + 1]) {
                    throw new FileSystemException(device.info().reference(), 16 + 8L * i, "extent " + extents[i], null);
                }
                end = extents[i] + extents[i + 1];
            }
            return listed(extents);
        }

        static Allocation listed(long[] extents) {
            return new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return new FileSystemInfo("toy", "", "", 0, 0);
                }

                @Override
                public ExtentCursor extents() {
                    return new Listed(extents);
                }
            };
        }
    }

    private static final class Listed implements ExtentCursor {
        private final long[] extents;
        private int at = -2;

        Listed(long[] extents) {
            this.extents = extents;
        }

        @Override
        public boolean next() {
            at = Math.min(at + 2, extents.length);
            return at < extents.length;
        }

        @Override
        public long offset() {
            return extents[at];
        }

        @Override
        public long length() {
            return extents[at + 1];
        }

        @Override
        public void close() {
        }
    }

    private static AllocatorContract contract(Allocator allocator) {
        ByteBuffer content = ByteBuffer.allocate(100_000).putLong(Toy.MAGIC).putLong(EXTENTS.length / 2);
        for (long value : EXTENTS) {
            content.putLong(value);
        }
        return new AllocatorContract(allocator, Map.of("a toy", () -> new MemoryDevice(content.array())));
    }

    private static AllocatorContract changed(UnaryOperator<long[]> change) {
        return contract(new Toy() {
            @Override
            Allocation allocation(Device device, long[] extents) throws ImagingException {
                super.allocation(device, extents);
                return listed(change.apply(extents));
            }
        });
    }

    @Test
    void aGoodAllocatorKeepsIt() {
        Verdict.keeps(contract(new Toy()));
    }

    @Test
    void findsExtentsThatTouch() {
        Verdict.breaks(changed(extents -> new long[] {0, 512, 512, 512}), "recognises a toy");
    }

    @Test
    void findsExtentsBeyondTheDevice() {
        Verdict.breaks(changed(extents -> new long[] {99_999, 2}), "recognises a toy");
        Verdict.breaks(changed(extents -> new long[] {1, Long.MAX_VALUE}), "recognises a toy");
    }

    @Test
    void findsPassesThatDiffer() {
        int[] passes = new int[1];
        Verdict.breaks(changed(extents -> new long[] {0, ++passes[0] % 2 + 1}), "two passes and passes side by side agree");
    }

    @Test
    void findsNumbersThatAreTrusted() {
        Verdict.breaks(contract(new Toy() {
            @Override
            int count(Device device, ByteBuffer sector) {
                return (int) sector.getLong();
            }
        }), "survives changed bytes");
    }

    @Test
    void findsAReadErrorThatIsTakenForAnotherFileSystem() {
        Verdict.breaks(contract(new Toy() {
            @Override
            public Optional<Allocation> recognise(Device device) throws ImagingException {
                try {
                    return super.recognise(device);
                } catch (DeviceException e) {
                    return Optional.empty();
                }
            }
        }), "survives read errors");
    }
}
