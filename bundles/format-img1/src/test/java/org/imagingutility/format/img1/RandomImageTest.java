package org.imagingutility.format.img1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;

/** Images of random layout: sound, cut off, damaged. */
class RandomImageTest {
    private static final int FRAME = Sections.FRAME;

    /** Chunks at random places, of random lengths, in an image of any version. */
    private static Made random(long seed, int version) {
        Random random = new Random(seed);
        Made made = new Made(version, 3 * FRAME, 12 * FRAME + 512 * random.nextInt(100));
        int at = version == 1 ? 0 : 512 * random.nextInt(200);
        while (true) {
            int length = 512 * (1 + random.nextInt(random.nextBoolean() ? 8 : 3 * FRAME / 512));
            if (at + length > made.device.length) {
                break;
            }
            made.chunk(at, length, random.nextLong());
            at += length + (random.nextBoolean() ? 0 : 512 * random.nextInt(random.nextBoolean() ? 10 : 400));
        }
        return made;
    }

    @Property(tries = 60)
    void soundImagesGiveBackWhatWasWritten(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int version)
            throws ImagingException {
        Made made = random(seed, version);
        if (made.ranges().isEmpty()) {
            return;
        }
        try (ImageReader reader = ReaderTest.open(made.bytes())) {
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isEmpty();
            assertThat(contents.device).isEqualTo(Arrays.copyOf(made.device, contents.device.length));
        }
    }

    @Property(tries = 60)
    void cutImagesHaveWhatIsWholeAndSayWhatIsLost(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int version)
            throws ImagingException {
        Made made = random(seed, version);
        byte[] bytes = made.bytes();
        int length = made.headerLength() + new Random(seed).nextInt(bytes.length - made.headerLength());
        try (ImageReader reader = ReaderTest.open(Arrays.copyOf(bytes, length))) {
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isNotEmpty();
            assertThat(contents.lost).hasSizeLessThanOrEqualTo(1);
            long whole = contents.lost.isEmpty() ? Math.min(contents.device.length, made.device.length)
                    : contents.lost.get(0)[0];
            assertThat(Arrays.copyOf(contents.device, (int) whole)).isEqualTo(Arrays.copyOf(made.device, (int) whole));
        }
    }

    @Property(tries = 200)
    void severalBytesMayHaveAnyValue(@ForAll long seed) {
        Random random = new Random(seed);
        Made made = random(seed & 7, 2);
        byte[] bytes = made.bytes();
        int index = bytes.length - 20 - 24 * made.ranges().size();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextBoolean() ? 24 + random.nextInt(bytes.length - 24) : index + random.nextInt(bytes.length - index);
            bytes[at] = (byte) random.nextInt(256);
        }
        try (ImageReader reader = ReaderTest.open(bytes)) {
            HostileImageTest.check(made, reader, -1);
        } catch (ImagingException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
