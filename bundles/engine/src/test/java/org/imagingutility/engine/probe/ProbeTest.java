package org.imagingutility.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is believed of the signatures that allocators find on one device. */
class ProbeTest {
    private static final int LENGTH = 4 << 20;

    @TempDir
    Path folder;
    private Path device;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(5).nextBytes(bytes);
        device = Files.write(folder.resolve("v.raw"), bytes);
    }

    /**
     * An allocator that finds one signature, and takes the first MiB of what it recognises.
     *
     * @param name its name, also that of its file system
     * @param failure what it throws when it is to recognise; null for nothing
     */
    private record Claiming(String name, Signature found, boolean namesOnly, ImagingException failure) implements Allocator {
        Claiming(String name, Kind kind, long offset) {
            this(name, kind == Kind.NEAR_MISS ? Signature.nearMiss(name, offset, "byte 3 is 4, not 5")
                    : Signature.named(name, kind, offset), false, null);
        }

        @Override
        public List<Signature> signatures(Device on) {
            return List.of(found);
        }

        @Override
        public Optional<Allocation> recognise(Device on) throws ImagingException {
            if (failure != null) {
                throw failure;
            }
            return found.kind() == Kind.NEAR_MISS ? Optional.empty() : Optional.of(new FirstMegabyte(found.info(),
                    namesOnly ? on.length() : 1 << 20));
        }
    }

    private record FirstMegabyte(FileSystemInfo info, long length) implements Allocation {
        @Override
        public ExtentCursor extents() {
            return new ExtentPass() {
                @Override
                protected boolean advance() {
                    return end() == 0 && found(0, length);
                }
            };
        }
    }

    private void install(Allocator allocator, int ranking) {
        engine.allocators().add(allocator, ranking, () -> Origin.ofModule(allocator));
    }

    private ImageResult image() throws ImagingException {
        return engine.image(TestEngine.request(device, folder.resolve("i.skzimg"), false, 1), new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
    }

    private void takesAll(ImageResult result, String fileSystem) {
        assertThat(result.image().spec().usedOnly()).isFalse();
        assertThat(result.image().usedBytes()).isEqualTo(LENGTH);
        assertThat(result.fileSystem().fileSystem()).isEqualTo(fileSystem);
    }

    private void takesWhatIsInUse(ImageResult result, String allocator) {
        assertThat(result.image().spec().usedOnly()).isTrue();
        assertThat(result.image().usedBytes()).isEqualTo(1 << 20);
        assertThat(result.allocator()).isEqualTo(allocator);
        assertThat(result.image().spec().metadata().text("allocation.contradiction")).isEmpty();
    }

    @Test
    void twoFileSystemsContradictEachOtherAndBothAreNamed() throws Exception {
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 2);
        install(new Claiming("otherfs", Kind.FILE_SYSTEM, 1080), 1);
        ImageResult result = image();
        takesAll(result, "onefs or otherfs");
        String reason = "signatures that contradict each other: onefs (byte 0), otherfs (byte 1080)";
        assertThat(notices).contains("\"" + device + "\" has " + reason + ": imaging all blocks");
        assertThat(result.image().spec().metadata().text("allocation.contradiction")).hasValue(reason);
        DiskListing listing = engine.disk(device.toString());
        assertThat(listing.fileSystem().orElseThrow().fileSystem()).isEqualTo("onefs or otherfs");
        assertThat(listing.problem().orElseThrow()).contains(reason);
    }

    @Test
    void aContainerIsWhatTheDeviceIsWhoeverIsPreferred() throws Exception {
        install(new Claiming("oldfs", Kind.FILE_SYSTEM, 0), 9);
        install(new Claiming("raid", Kind.CONTAINER, 4096), 1);
        takesAll(image(), "raid");
        assertThat(notices).anyMatch(line -> line.contains("raid (byte 4096), oldfs (byte 0)"));
    }

    @Test
    void whatOpticalDiscsHaveSideBySideIsNoContradictionButOthersContradictIt() throws Exception {
        install(new Claiming("disc", Kind.DISC, 32_768), 2);
        install(new Claiming("bridge", Kind.DISC, 32_769), 1);
        takesWhatIsInUse(image(), "disc");
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 0);
        assertThat(engine.disk(device.toString()).problem().orElseThrow()).contains("onefs (byte 0), disc (byte 32768)");
    }

    @Test
    void aWeakSignCountsOnlyWhereThereIsNoOther() throws Exception {
        install(new Claiming("copy", Kind.WEAK, 6144), 9);
        assertThat(engine.disk(device.toString()).fileSystem().orElseThrow().fileSystem()).isEqualTo("copy");
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 1);
        takesWhatIsInUse(image(), "onefs");
    }

    @Test
    void twoAllocatorsOfOneFileSystemDoNotContradictEachOther() throws Exception {
        Signature version = Signature.named("OneFS 3.1", Kind.FILE_SYSTEM, 0);
        install(new Claiming("mine", Signature.named("onefs", Kind.FILE_SYSTEM, 3), false, null), 1);
        install(new Claiming("theirs", version, false, null), 2);
        install(new Claiming("names", version, true, null), 3);
        takesWhatIsInUse(image(), "theirs");
    }

    @Test
    void anAllocatorThatDoesNotTellSignaturesIsAskedWhatItRecognises() throws Exception {
        Claiming odd = new Claiming("onefs", Kind.FILE_SYSTEM, 0);
        install(new Allocator() {
            @Override
            public String name() {
                return odd.name();
            }

            @Override
            public Optional<Allocation> recognise(Device on) throws ImagingException {
                return odd.recognise(on);
            }
        }, 1);
        takesWhatIsInUse(image(), "onefs");
        install(new Claiming("otherfs", Kind.FILE_SYSTEM, 7), 0);
        assertThat(engine.disk(device.toString()).problem().orElseThrow()).contains("onefs (byte 0), otherfs (byte 7)");
    }

    @Test
    void anAllocatorThatFailsIsPassedOver() throws Exception {
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 1);
        install(new Claiming("behind", Kind.CONTAINER, LENGTH), 3);
        install(new Allocator() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Signature> signatures(Device on) {
                throw new IllegalStateException("a fault");
            }

            @Override
            public Optional<Allocation> recognise(Device on) {
                return Optional.empty();
            }
        }, 2);
        takesWhatIsInUse(image(), "onefs");
        assertThat(notices).anyMatch(line -> line.contains("broken") && line.contains("Allocator.signatures"))
                .anyMatch(line -> line.contains("behind") && line.contains("a signature at byte " + LENGTH));
    }

    @Test
    void aNearMissSaysWhichFieldWasWrong() throws Exception {
        install(new Claiming("onefs", Kind.NEAR_MISS, 0), 1);
        takesAll(image(), "unknown");
        assertThat(notices).contains("\"" + device
                + "\" looks like onefs but is not taken for it: byte 3 is 4, not 5: imaging all blocks");
        assertThat(engine.disk(device.toString()).problem().orElseThrow()).contains("byte 3 is 4, not 5");
    }

    @Test
    void aNearMissDoesNotContradictAFileSystem() throws Exception {
        install(new Claiming("nearfs", Kind.NEAR_MISS, 0), 5);
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 1);
        takesWhatIsInUse(image(), "onefs");
    }

    @Test
    void aSignatureThatItsAllocatorDoesNotBelieveIsNamed() throws Exception {
        install(new Allocator() {
            @Override
            public String name() {
                return "onefs";
            }

            @Override
            public Optional<Allocation> recognise(Device on) {
                return Optional.empty();
            }

            @Override
            public List<Signature> signatures(Device on) {
                return List.of(Signature.named("OneFS", Kind.FILE_SYSTEM, 0), Signature.nearMiss("OneFS", 512, "no tree"));
            }
        }, 1);
        takesAll(image(), "unknown");
        assertThat(notices).anyMatch(line -> line.contains("looks like OneFS but is not taken for it: no tree"));
    }

    @Test
    void aFileSystemThatContradictsItselfIsToldOfByItsError() throws Exception {
        FileSystemException torn = new FileSystemException("d", 4096, "the tree is torn", null);
        install(new Claiming("onefs", Signature.nearMiss("onefs", 4096, "torn"), false, torn), 1);
        ImageResult result = image();
        takesAll(result, "unknown");
        assertThat(result.image().spec().metadata().text("allocation.contradiction").orElse("")).contains("the tree is torn");
    }

    @Test
    void whereNamesCannotBeLookedForTheUserIsTold() throws Exception {
        DeviceException unreadable = new DeviceException("d", 4096, "a bad sector", null, null);
        install(new Claiming("onefs", Kind.FILE_SYSTEM, 0), 1);
        install(new Allocator() {
            @Override
            public String name() {
                return "names";
            }

            @Override
            public boolean namesOnly() {
                return true;
            }

            @Override
            public Optional<Allocation> recognise(Device on) throws ImagingException {
                throw unreadable;
            }
        }, 2);
        takesWhatIsInUse(image(), "onefs");
        assertThat(notices).anyMatch(line -> line.startsWith("allocator names could not look at all places")
                && line.contains("a bad sector"));
    }

    @Test
    void aPartitionTableSpeaksAgainstAFileSystemFromTheFirstByteOn() throws Exception {
        byte[] disk = new byte[LENGTH];
        System.arraycopy(HexFormat.of().parseHex("00202100" + "83feffff" + "00080000" + "00100000"), 0, disk, 446, 16);
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        Files.write(device, disk);
        install(new Claiming("copy", Kind.WEAK, 6144), 2);
        ImageResult divided = image();
        assertThat(divided.allocator()).isEqualTo("partitions");
        assertThat(divided.image().usedBytes()).as("of its partition, 2 MiB, the first one is in use").isEqualTo(LENGTH - (1 << 20));
        assertThat(notices).as("a weak sign is not told of").noneMatch(line -> line.contains("copy"));
        install(new Claiming("oldfs", Kind.FILE_SYSTEM, 1080), 1);
        Files.delete(folder.resolve("i.skzimg"));
        takesAll(image(), "oldfs");
        assertThat(notices).anyMatch(line -> line.contains("oldfs (byte 1080), a partition table (MBR)"));
    }
}
