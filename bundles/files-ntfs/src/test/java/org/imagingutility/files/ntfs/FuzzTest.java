package org.imagingutility.files.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.files.TreeWalk;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changes fields of records, index blocks and compressed data at random, and walks over what is left: files come out, or errors that
 * name a byte of the volume; nothing else is thrown, the walk ends, and it reads no more than some times the volume.
 */
class FuzzTest {
    private static final int CHANGES = Integer.getInteger("fuzz.changes", 150);
    private static final int MOST_NAMES = 300;
    private static final long MOST_BYTES = 1 << 20;
    /** Heads and first bytes of attributes, and update sequences, stand here. */
    private static final int RECORD = 1024;

    @TempDir
    private Path folder;

    private int damaged;
    private int whole;

    @ParameterizedTest
    @ValueSource(strings = {"ntfs-c1024", "ntfs-c4096"})
    void changedVolumeIsReadOrRefused(String name) throws ImagingException {
        byte[] image = Volumes.fixture(name, folder);
        List<Integer> places = structures(image);
        assertThat(places).hasSizeGreaterThan(60);
        byte[] changed = image.clone();
        Random seeds = new Random(RandomSeed.get());
        for (int i = 0; i < CHANGES; i++) {
            long change = seeds.nextLong();
            Random random = new Random(change);
            List<Integer> touched = new ArrayList<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int place = places.get(random.nextInt(places.size()));
                touched.add(place);
                change(changed, place, random);
            }
            walk(changed, name + ", change " + change);
            touched.forEach(place -> System.arraycopy(image, place, changed, place, RECORD));
        }
        assertThat(damaged).isPositive();
        assertThat(whole).isPositive();
    }

    /** Returns where blocks of 512 bytes are that are part of records in use or of index blocks, or hold compressed data. */
    private static List<Integer> structures(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + RECORD <= image.length; at += 512) {
            int magic = bytes.getInt(at);
            boolean record = magic == 0x454C4946 && (bytes.getShort(at + 22) & 1) != 0;
            boolean compressed = (magic & 0x7000) == 0x3000 && (magic & 0x8000) != 0 && at % 1024 == 0;
            if (record || magic == 0x58444E49 || compressed) {
                places.add(at);
            }
        }
        return places;
    }

    private static void change(byte[] image, int place, Random random) {
        int at = place + random.nextInt(RECORD / 2 - 10);
        int width = 1 << random.nextInt(4);
        long value = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> Long.MAX_VALUE >> random.nextInt(64);
            case 4 -> random.nextInt(100);
            default -> image[at] + (long) random.nextInt(17) - 8;
        };
        for (int i = 0; i < width; i++) {
            image[at + i] = (byte) (value >> 8 * i);
        }
    }

    private void walk(byte[] image, String what) throws ImagingException {
        CountingDevice device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        try {
            Optional<FileTree> tree = new NtfsReader().open(VolumeDevice.of(device), ReadingOptions.standard());
            TreeWalk walk = new TreeWalk(tree.orElseThrow(), MOST_NAMES, MOST_BYTES);
            walk.run();
            if (walk.errors() == 0) {
                whole++;
            } else {
                damaged++;
            }
        } catch (FileSystemException refusal) {
            assertThat(refusal.offset()).as(what).isBetween(0L, (long) image.length);
            damaged++;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        }
        assertThat(device.bytesRead()).as(what).isLessThan(40L * image.length);
    }
}
