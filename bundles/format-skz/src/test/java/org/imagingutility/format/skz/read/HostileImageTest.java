package org.imagingutility.format.skz.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.Checksums;
import org.imagingutility.format.skz.support.ForgedImage;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/**
 * Structures with any values in them and a valid CRC-32C. Nothing but an {@link ImagingException} may come of them, in
 * short time, without reading or asking memory for more than the file has.
 */
class HostileImageTest {
    private static final long[] VALUES = {0, 1, -1, 2, 127, 128, 255, 65535, 65536, 1 << 20, Integer.MAX_VALUE,
        Integer.MIN_VALUE, 1L << 31, 1L << 32, 1L << 40, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE};
    /** So many in each run, the same ones; the system property {@code fuzz.seconds} makes them more. */
    private static final int LEAST_TRIES = 8000;
    private static final long SLOW_NANOS = 20_000_000_000L;

    private long opened;
    private long tried;

    @Test
    void causesNothingWorseThanAnImagingException() throws ImagingException {
        long seed = RandomSeed.get();
        long end = System.nanoTime() + Long.getLong("fuzz.seconds", 0) * 1_000_000_000L;
        Random random = new Random(seed);
        List<byte[]> images = images();
        List<ImageLayout> layouts = new ArrayList<>();
        for (byte[] image : images) {
            layouts.add(ImageLayout.of(image));
        }
        while (tried < LEAST_TRIES || System.nanoTime() < end) {
            int chosen = random.nextInt(images.size());
            byte[] image = images.get(chosen).clone();
            ImageLayout layout = layouts.get(chosen);
            List<String> changes = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                changes.add(change(image, layout, random));
            }
            if (random.nextInt(4) > 0) {
                ForgedImage.all(image, layout);
            }
            if (random.nextInt(4) == 0) {
                // the footer copy decides
                image[layout.part(StructureKind.FOOTER, 0).offset() + random.nextInt(100)] ^= 1;
            }
            try {
                inspect(image);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("imaging.seed=" + seed + ", try " + tried + ", " + changes, e);
            }
        }
        System.getLogger(HostileImageTest.class.getName()).log(System.Logger.Level.INFO,
                "imaging.seed={0}: {1} images tried, {2} of them opened", Long.toString(seed), tried, opened);
        assertThat(opened).as("images that open, seed %d", seed).isPositive();
    }

    @Test
    void leavesAnIntactImageIntactWhenItIsSealedAgain() throws ImagingException {
        for (byte[] image : images()) {
            byte[] sealed = image.clone();
            ForgedImage.all(sealed, ImageLayout.of(image));
            assertThat(sealed).isEqualTo(image);
        }
    }

    private static List<byte[]> images() throws ImagingException {
        MemoryFile streamed = new MemoryFile(false);
        TestImage.small(4).write(streamed);
        return List.of(TestImage.small(3).bytes(), TestImage.withTailGap(3).bytes(),
                TestImage.many(5).planned(2, 5).bytes(), streamed.toBytes(), TestImage.unreadable(3).bytes());
    }

    private static String change(byte[] image, ImageLayout layout, Random random) {
        List<ImageLayout.Part> parts = layout.parts().stream().filter(part -> !part.isStored()).toList();
        ImageLayout.Part part = parts.get(random.nextInt(parts.size()));
        // the fields of interest stand at the front
        int at = part.offset() + random.nextInt(random.nextBoolean() ? Math.min(part.length(), 200) : part.length());
        int width = Math.min(1 << random.nextInt(4), image.length - at);
        ByteBuffer field = Checksums.view(image).position(at);
        long value = random.nextInt(4) == 0 ? random.nextLong() : VALUES[random.nextInt(VALUES.length)]
                + random.nextInt(3) - 1;
        for (int i = 0; i < width; i++) {
            field.put((byte) (value >>> 8 * i));
        }
        return part + " byte " + (at - part.offset()) + " = " + width + " bytes of " + value;
    }

    private void inspect(byte[] image) {
        MemoryFile file = MemoryFile.of(image);
        long start = System.nanoTime();
        tried++;
        try (ImageReader reader = new SkzFormat().open(file, TestImage.CODECS)) {
            opened++;
            List<Damage> damages = new ArrayList<>();
            reader.checkStructure(damages::add);
            for (int i = 0; i < reader.chunkCount(); i++) {
                inspect(reader, i, damages);
            }
            assertThat(damages).allMatch(damage -> damage.fileOffset() >= 0 && damage.fileOffset() <= image.length);
        } catch (ImagingException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(file.largestRead()).isLessThanOrEqualTo(image.length);
        assertThat(System.nanoTime() - start).isLessThan(SLOW_NANOS);
    }

    private static void inspect(ImageReader reader, int chunk, List<Damage> damages) {
        try {
            ChunkTable table = reader.table(chunk);
            reader.checkChunk(table, damages::add);
        } catch (ImagingException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
