package org.imagingutility.format.skz.salvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.Checksums;
import org.imagingutility.format.skz.support.ForgedImage;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** Whatever a file holds: an answer or an error that names it, in time and memory in proportion to the file. */
class HostileSalvageTest {
    /** Beyond the file: blocks that are searched, and the largest structure. */
    private static final int MOST_AT_ONCE = 1 << 20;

    private static void look(byte[] bytes, String what) throws ImagingException {
        MemoryFile file = MemoryFile.of(bytes);
        try (SalvagedImage image = new SkzFormat().salvage(file, TestImage.CODECS, SearchMonitor.NONE)) {
            image.checkStructure(damage -> assertThat(damage.reason()).isNotEmpty());
            long deviceEnd = 0;
            SalvagedImage.Pass pass = image.pass(damage -> assertThat(damage.reason()).isNotEmpty());
            for (Salvaged part = pass.next(); part != null; part = pass.next()) {
                long from = part instanceof Salvaged.Chunk chunk ? chunk.plan().deviceOffset()
                        : ((Salvaged.Lost) part).device().offset();
                long to = part instanceof Salvaged.Chunk chunk ? from + chunk.plan().deviceLength()
                        : ((Salvaged.Lost) part).device().end();
                assertThat(from).as(what).isGreaterThanOrEqualTo(deviceEnd);
                assertThat(to).as(what).isLessThanOrEqualTo(image.spec().deviceLength());
                deviceEnd = to;
            }
            if (image.obstacle().isEmpty()) {
                image.rewrite(damage -> { });
            }
        } catch (ImageDamagedException | ImageFormatException e) {
            assertThat(e.getMessage()).as(what).contains("memory");
        }
        assertThat(file.largestRead()).as(what).isLessThanOrEqualTo(bytes.length + MOST_AT_ONCE);
    }

    @Test
    void garbageBehindAHeader() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        byte[] image = TestImage.small(1).bytes();
        int header = ImageLayout.of(image).part(StructureKind.HEADER, 0).end();
        for (int i = 0; i < 60; i++) {
            byte[] garbage = new byte[random.nextInt(300_000)];
            random.nextBytes(garbage);
            System.arraycopy(image, 0, garbage, 0, Math.min(garbage.length, i % 3 == 0 ? 0 : header));
            look(garbage, "seed " + seed + ", round " + i);
        }
    }

    @Test
    void manyFlippedBits() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        byte[] image = TestImage.unreadable(1).bytes();
        for (int i = 0; i < 200; i++) {
            byte[] damaged = image.clone();
            for (int flips = 1 << random.nextInt(12); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            look(damaged, "seed " + seed + ", round " + i);
        }
    }

    @Test
    void wrongValuesBehindValidChecksums() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        byte[] original = TestImage.unreadable(2).bytes();
        ImageLayout layout = ImageLayout.of(original);
        for (int i = 0; i < 400; i++) {
            byte[] image = original.clone();
            ImageLayout.Part part = layout.parts().get(random.nextInt(layout.parts().size()));
            if (part.kind() == null) {
                continue;
            }
            int from = part.offset() + Structure.TAGGED_LENGTH + random.nextInt(part.length() - Structure.TAGGED_LENGTH);
            for (int at = from; at < Math.min(part.end(), from + 1 + random.nextInt(8)); at++) {
                image[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            Checksums.structure(image, part);
            look(image, "seed " + seed + ", round " + i + ", " + part);
            byte[] resealed = image.clone();
            ForgedImage.all(resealed, layout);
            look(resealed, "seed " + seed + ", round " + i + ", resealed " + part);
            // without its end all is searched for
            look(Arrays.copyOf(resealed, layout.part(StructureKind.FOOTER_COPY, 0).offset()),
                    "seed " + seed + ", round " + i + ", resealed and cut " + part);
        }
    }

    @Test
    void partsInAnyOrder() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        byte[] original = TestImage.small(2).bytes();
        ImageLayout layout = ImageLayout.of(original);
        for (int i = 0; i < 100; i++) {
            byte[] mixed = new byte[0];
            for (int parts = random.nextInt(40); parts >= 0; parts--) {
                ImageLayout.Part part = layout.parts().get(mixed.length == 0 ? 0 : random.nextInt(layout.parts().size()));
                int at = mixed.length;
                mixed = Arrays.copyOf(mixed, at + part.length());
                System.arraycopy(original, part.offset(), mixed, at, part.length());
            }
            look(mixed, "seed " + seed + ", round " + i);
        }
    }

    @Test
    void beginsOfLongStructuresDoNotKeepTheSearchBusy() throws ImagingException {
        byte[] image = TestImage.small(1).bytes();
        ImageLayout layout = ImageLayout.of(image);
        ImageLayout.Part head = layout.part(StructureKind.CHUNK_HEAD, 0);
        byte[] file = Arrays.copyOf(image, 12 << 20);
        Arrays.fill(file, layout.part(StructureKind.INDEX, 0).offset(), file.length, (byte) 0);
        for (int at = head.offset(); at + 24 < file.length; at += 24) {
            System.arraycopy(image, head.offset(), file, at, 24);
            file[at + 4] = 0;
            file[at + 5] = 0;
            file[at + 6] = 0x20;
            file[at + 7] = 0;
        }
        long start = System.nanoTime();
        MemoryFile memory = MemoryFile.of(file);
        new SkzFormat().salvage(memory, TestImage.CODECS, SearchMonitor.NONE).close();
        assertThat(memory.bytesRead()).isLessThan(1L << 30);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void theSearchCanBeStopped() throws ImagingException {
        byte[] whole = TestImage.small(1).bytes();
        int header = ImageLayout.of(whole).part(StructureKind.HEADER, 0).end();
        byte[] image = Arrays.copyOf(Arrays.copyOf(whole, header), 4 << 20);
        AtomicLong searched = new AtomicLong();
        assertThatThrownBy(() -> new SkzFormat().salvage(MemoryFile.of(image), TestImage.CODECS, bytes -> {
            if (searched.addAndGet(bytes) > 1 << 20) {
                throw new CancelledException("looking");
            }
        })).isInstanceOf(CancelledException.class);
    }
}
