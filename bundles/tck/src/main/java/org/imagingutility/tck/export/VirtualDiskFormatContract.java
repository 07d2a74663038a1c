package org.imagingutility.tck.export;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/**
 * What every {@link VirtualDiskFormat} keeps: the disk reads as what was written, with zeros elsewhere, and the same calls
 * give the same bytes. What the bytes mean only a reader of the format can tell, so the tester brings one.
 */
public final class VirtualDiskFormatContract implements Contract {
    private static final List<Integer> LENGTHS = List.of(1, 511, 512, 513, 4096, 65_536, 65_537, 1 << 20, (5 << 20) + 7);
    private static final int LONG = 40 << 20;

    private final VirtualDiskFormat format;
    private final DiskReader reader;

    /** Creates the contract for {@code format}. */
    public VirtualDiskFormatContract(VirtualDiskFormat format, DiskReader reader) {
        this.format = format;
        this.reader = reader;
    }

    /** Reads virtual disks of one format, by another program at best. */
    @FunctionalInterface
    public interface DiskReader {

        /** Returns the whole disk that {@code file} holds; fails if the file breaks a rule of its format. */
        byte[] read(byte[] file) throws Exception;
    }

    @Override
    public List<ContractCheck> checks() {
        return List.of(new ContractCheck("has a permanent name and a limit", this::identity),
                new ContractCheck("disks of every length come back", this::lengths),
                new ContractCheck("disks of sectors of 4096 bytes come back", this::largeSectors),
                new ContractCheck("what is not written reads as zeros", this::zeros),
                new ContractCheck("an empty disk is one", this::empty),
                new ContractCheck("the same calls give the same bytes", this::reproducible),
                new ContractCheck("how content is divided into ranges changes nothing", this::ranges),
                new ContractCheck("takes what remains in a buffer, and the buffer may be reused", this::buffers),
                new ContractCheck("refuses ranges that overlap or lead out of the device", this::misuse),
                new ContractCheck("a full target is an error", this::full),
                new ContractCheck("closes twice and is of no use after", this::closed));
    }

    private void identity() {
        Expect.permanentName(format.name());
        Expect.that(format.maxDiskLength() > 0, "the longest disk has %d bytes", format.maxDiskLength());
    }

    private static VirtualDiskSpec spec(long length, int sectorSize) {
        return new VirtualDiskSpec(length, sectorSize, Digest.ofHex("5a".repeat(32)), Instant.parse("2026-01-02T03:04:05Z"));
    }

    private byte[] written(byte[] content, int sectorSize, int step) throws ImagingException {
        MemoryImageFile file = new MemoryImageFile();
        long diskLength;
        try (VirtualDiskWriter writer = format.create(file, spec(content.length, sectorSize))) {
            diskLength = writer.diskLength();
            for (int at = 0; at < content.length; at += step) {
                writer.write(at, Content.aligned(Arrays.copyOfRange(content, at, Math.min(content.length, at + step))));
            }
            writer.finish();
            Expect.equal(diskLength, writer.diskLength(), "length of the disk at the end and at the begin");
        }
        Expect.that(diskLength >= content.length && diskLength < content.length + (1L << 20),
                "the disk has %d bytes, the device had %d", diskLength, content.length);
        return file.content();
    }

    private void comesBack(byte[] content, int sectorSize, int step) throws Exception {
        byte[] disk = reader.read(written(content, sectorSize, step));
        Expect.that(disk.length >= content.length, "the disk reads as %d bytes, the device had %d", disk.length, content.length);
        Expect.equalBytes(content, Arrays.copyOf(disk, content.length), "disk of " + content.length + " bytes");
        for (int i = content.length; i < disk.length; i++) {
            Expect.equal((byte) 0, disk[i], "byte " + i + ", behind the device's end");
        }
    }

    private void lengths() throws Exception {
        for (int length : LENGTHS) {
            comesBack(Content.random(length, length), 512, 1 << 20);
        }
    }

    private void largeSectors() throws Exception {
        comesBack(Content.random(8 * 4096, 4), 4096, 1 << 20);
        comesBack(Content.random(8 * 4096 + 512, 5), 4096, 1 << 20);
    }

    private void zeros() throws Exception {
        byte[] content = new byte[LONG];
        MemoryImageFile file = new MemoryImageFile();
        try (VirtualDiskWriter writer = format.create(file, spec(LONG, 512))) {
            for (int at : List.of(512, 65_536, 3 << 20, (3 << 20) + 1024, (17 << 20) - 512, LONG - 4096)) {
                byte[] piece = Content.random(at % 1024 == 0 ? 1024 : 512, at);
                System.arraycopy(piece, 0, content, at, piece.length);
                writer.write(at, Content.aligned(piece));
            }
            writer.finish();
        }
        Expect.equalBytes(content, Arrays.copyOf(reader.read(file.content()), LONG), "a disk with little on it");
    }

    private void empty() throws Exception {
        MemoryImageFile file = new MemoryImageFile();
        try (VirtualDiskWriter writer = format.create(file, spec(LONG, 512))) {
            writer.finish();
        }
        Expect.equalBytes(new byte[LONG], Arrays.copyOf(reader.read(file.content()), LONG), "an empty disk");
    }

    private void reproducible() throws ImagingException {
        byte[] content = Content.random(3 << 20, 1);
        Expect.equalBytes(written(content, 512, 1 << 20), written(content, 512, 1 << 20), "the file of the second time");
    }

    private void ranges() throws ImagingException {
        byte[] content = Content.random(5 << 20, 2);
        Arrays.fill(content, 100_000, 3_300_000, (byte) 0);
        byte[] once = written(content, 512, content.length);
        for (int step : List.of(512, 65_536, 3 * 65_536 + 512)) {
            Expect.equalBytes(once, written(content, 512, step), "the file of ranges of " + step + " bytes");
        }
    }

    private void buffers() throws Exception {
        byte[] content = Content.random(1 << 20, 3);
        MemoryImageFile file = new MemoryImageFile();
        ByteBuffer buffer = ByteBuffer.allocateDirect(content.length + 1024);
        try (VirtualDiskWriter writer = format.create(file, spec(content.length, 512))) {
            buffer.put(512, content).limit(content.length + 512).position(512);
            writer.write(0, buffer);
            Expect.equal(buffer.limit(), buffer.position(), "position after a range was written");
            Expect.equal(content.length + 512, buffer.limit(), "limit after a range was written");
            buffer.put(512, new byte[content.length]);
            writer.finish();
        }
        Expect.equalBytes(content, Arrays.copyOf(reader.read(file.content()), content.length), "the disk");
    }

    private void misuse() throws ImagingException {
        try (VirtualDiskWriter writer = format.create(new MemoryImageFile(), spec(8192, 512))) {
            writer.write(4096, Content.aligned(Content.random(1024, 1)));
            Expect.fails(IllegalArgumentException.class, "a range that overlaps the one before",
                    () -> writer.write(4608, Content.aligned(512)));
            Expect.fails(IllegalArgumentException.class, "a range that leads out of the device",
                    () -> writer.write(7680, Content.aligned(1024)));
        }
    }

    private void full() {
        Expect.fails(TargetException.class, "a target that is full", () -> {
            try (VirtualDiskWriter writer = format.create(MemoryImageFile.fullAt(100_000), spec(4 << 20, 512))) {
                writer.write(0, Content.aligned(Content.random(4 << 20, 1)));
                writer.finish();
            }
        });
    }

    private void closed() throws ImagingException {
        VirtualDiskWriter writer = format.create(new MemoryImageFile(), spec(8192, 512));
        writer.close();
        writer.close();
        Expect.failsSomehow("a range after closing", () -> writer.write(0, Content.aligned(Content.random(512, 1))));
        Expect.failsSomehow("to finish after closing", writer::finish);
    }
}
