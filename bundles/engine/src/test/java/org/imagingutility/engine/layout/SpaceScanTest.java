package org.imagingutility.engine.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.imagingutility.api.backup.LeftOut.Content;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.ForwardingDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in space that may be left out. */
class SpaceScanTest {
    private static final int MIB = 1 << 20;
    private static final int BEGIN = 3 * MIB - 512;
    @TempDir
    private Path folder;
    private final byte[] disk = new byte[24 * MIB];
    private long read;

    private SpaceScan.Found scan(Device device) throws Exception {
        return new SpaceScan(new TestEngine().installed(), device, new Throttle(0), bytes -> read += bytes)
                .in(BEGIN, disk.length - 512);
    }

    private SpaceScan.Found scan() throws Exception {
        return scan(new MemoryDevice(disk));
    }

    @Test
    void zerosAreReadToTheEnd() throws Exception {
        Arrays.fill(disk, 0, BEGIN, (byte) 1);
        disk[disk.length - 1] = 1;
        SpaceScan.Found found = scan();
        assertThat(found.content()).isEqualTo(Content.ZEROS);
        assertThat(found.known()).isEmpty();
        assertThat(read).isEqualTo(disk.length - 512 - BEGIN);
    }

    /** Content is found between holes, wherever they begin and end, as if all were read; whole blocks of holes are not read. */
    @Test
    void holesAreNotRead() throws Exception {
        byte[] volume = Files.readAllBytes(Fixtures.unpack("ntfs-c512", folder));
        for (int place : new int[] {BEGIN, 10 * MIB, 17 * MIB + 1024, disk.length - MIB}) {
            Arrays.fill(disk, (byte) 0);
            System.arraycopy(volume, 0, disk, place, Math.min(volume.length, disk.length - 512 - place));
            Sparse device = new Sparse(disk, place);
            assertThat(scan(device).known()).as("at %d", place).hasValueSatisfying(known -> assertThat(known).endsWith("at byte " + place));
            assertThat(device.bytes).as("bytes read to find what is at %d", place).isLessThan(20L * MIB / 4);
        }
        Arrays.fill(disk, (byte) 0);
        read = 0;
        Sparse empty = new Sparse(disk, disk.length);
        assertThat(scan(empty).content()).isEqualTo(Content.ZEROS);
        assertThat(empty.bytes).as("the begin and the end of the range lie in blocks that are not all of it").isLessThanOrEqualTo(MIB);
        assertThat(read).as("progress").isEqualTo(disk.length - 512 - BEGIN);
    }

    /** A disk with nothing but a hole in front of a place. */
    private static final class Sparse extends ForwardingDevice {
        private final long data;
        private long bytes;

        Sparse(byte[] content, long data) {
            super(new MemoryDevice(content));
            this.data = data;
        }

        @Override
        public long nextData(long offset) {
            return Math.max(offset, data);
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            bytes += target.remaining();
            super.read(offset, target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BEGIN, 10 * MIB + 5, 24 * MIB - 513})
    void aByteThatIsNotZeroIsSeenWhereverItStands(int at) throws Exception {
        disk[at] = 1;
        assertThat(scan().content()).isEqualTo(Content.DATA);
        assertThat(scan().known()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ntfs-c4096, 512", "ntfs-c512, 1536", "ntfs-c1024, 1048576", "ntfs-c2048, 32256"})
    void aFileSystemIsFoundAtEachSector(String name, int from) throws Exception {
        byte[] volume = Files.readAllBytes(Fixtures.unpack(name, folder));
        int place = BEGIN + from;
        System.arraycopy(volume, 0, disk, place, Math.min(volume.length, disk.length - 512 - place));
        assertThat(scan().known()).hasValueSatisfying(known -> assertThat(known).endsWith("at byte " + place));
        // what was written over something else does not hide it
        new Random(RandomSeed.get()).nextBytes(disk);
        System.arraycopy(volume, 0, disk, place, Math.min(volume.length, disk.length - 512 - place));
        assertThat(scan().known()).isPresent();
    }

    @Test
    void aFileSystemInFrontOfTheSpaceOrBehindItDoesNotCount() throws Exception {
        byte[] volume = Files.readAllBytes(Fixtures.unpack("ext4-1k", folder));
        System.arraycopy(volume, 0, disk, BEGIN - 2048, 2048);
        assertThat(scan().content()).isEqualTo(Content.ZEROS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LABELONE", "EFI PART", "LUKS\u00ba\u00be", "XFSB", "\u00fcN+\u00a9"})
    void signaturesAreFoundAtEachSector(String magic) throws Exception {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, disk, BEGIN + 77 * 512, bytes.length);
        assertThat(scan().known()).hasValueSatisfying(known -> assertThat(known).endsWith("at byte " + (BEGIN + 77 * 512)));
    }

    @Test
    void aPartitionTableIsFound() throws Exception {
        int at = BEGIN + 50 * 512;
        disk[at + 446 + 4] = (byte) 0x83;
        disk[at + 446 + 8] = 8;
        disk[at + 446 + 12] = 100;
        disk[at + 510] = 0x55;
        disk[at + 511] = (byte) 0xAA;
        assertThat(scan().known()).hasValue("a partition table at byte " + at);
    }

    @Test
    void whatCannotBeReadIsNotLeftOut() throws Exception {
        MemoryDevice device = new MemoryDevice(disk);
        device.failAt(9 * MIB);
        assertThat(scan(device).known()).hasValueSatisfying(known -> assertThat(known).contains("cannot be read"));
    }
}
