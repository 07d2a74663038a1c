package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.util.Random;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.device.CountingDevice;

/**
 * Changes numbers of a volume at random. Whatever comes of it: the reader shows files, or says what is wrong; never another error, and never is
 * more read than a bound. Makes as many changes as it is asked for, from the seed {@link RandomSeed}, which messages name. For one thread.
 */
public final class TreeFuzz {
    private static final int MOST_NAMES = 200;
    private static final long MOST_BYTES = 256 << 10;

    private final FileSystemReader reader;
    private final long readLimit;

    /** Creates a trial of {@code reader}, which may read fewer than {@code readLimit} bytes of a volume. */
    public TreeFuzz(FileSystemReader reader, long readLimit) {
        this.reader = reader;
        this.readLimit = readLimit;
    }

    /**
     * Changes bytes from {@code start} on, {@code length} of them, {@code changes} times; {@code image} stays as it is. At least one of the volumes
     * must be read and at least one must have an error.
     */
    public void run(byte[] image, int start, int length, int changes) throws ImagingException {
        long seed = RandomSeed.get();
        Random seeds = new Random(seed);
        byte[] changed = image.clone();
        int sound = 0;
        int failed = 0;
        for (int i = 0; i < changes; i++) {
            long change = seeds.nextLong();
            Random random = new Random(change);
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                change(changed, start + random.nextInt(length), start + length, random);
            }
            if (isSound(changed, "change " + change + " of seed " + seed)) {
                sound++;
            } else {
                failed++;
            }
            System.arraycopy(image, start, changed, start, length);
        }
        Expect.that(sound > 0 && failed > 0, "%d volumes were read, %d had errors, seed %d", sound, failed, seed);
    }

    private static void change(byte[] image, int at, int end, Random random) {
        long value = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> Long.MAX_VALUE >> random.nextInt(64);
            case 4 -> random.nextInt(64);
            default -> random.nextLong();
        };
        int width = Math.min(1 << random.nextInt(4), end - at);
        for (int i = 0; i < width; i++) {
            image[at + i] = (byte) (value >> 8 * i);
        }
    }

    private boolean isSound(byte[] image, String what) {
        CountingDevice device = new CountingDevice(image.length, 512,
                (offset, target) -> target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        boolean sound;
        try {
            sound = look(device);
        } catch (FileSystemException | DeviceException e) {
            sound = false;
        } catch (ImagingException | RuntimeException | OutOfMemoryError | StackOverflowError | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        }
        Expect.that(device.bytesRead() < readLimit, "%s: %d bytes were read, expected fewer than %d", what, device.bytesRead(), readLimit);
        return sound;
    }

    private boolean look(CountingDevice device) throws ImagingException {
        try (FileTree tree = reader.open(VolumeDevice.of(device), ReadingOptions.standard()).orElse(null)) {
            if (tree == null) {
                return false;
            }
            TreeWalk walk = new TreeWalk(tree, MOST_NAMES, MOST_BYTES);
            walk.run();
            return walk.errors() == 0;
        }
    }
}
