package org.imagingutility.tck.allocator;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.device.CountingDevice;

/**
 * Changes bytes of a volume at random. Whatever comes of it: the allocator gives extents in order within the device, or a
 * refusal that names a byte of it; never another error, and never more is read than a bound. Runs for {@code fuzz.seconds}
 * (system property, 2 by default) on each volume, and for {@value #LEAST_CHANGES} changes at least, from the seed
 * {@link RandomSeed}, which messages name. For one thread.
 */
public final class VolumeFuzz {
    /** So many volumes are tried on a slow machine as well, so that some are read and some are refused. */
    private static final int LEAST_CHANGES = 200;

    private final long seconds = Long.getLong("fuzz.seconds", 2);
    private final long seed = RandomSeed.get();
    private final Allocator allocator;
    private final long readLimit;
    private Look look = (allocation, device, what) -> {
    };
    private Target mended = new Target(0, 0);
    private Consumer<byte[]> mend = image -> {
    };

    /**
     * Bytes that are changed.
     *
     * @param start first byte in the image
     * @param length number of bytes
     * @param spared tells which bytes, counted from {@code start}, are changed seldom: a change is likely refused, and
     *     then tests nothing else
     */
    public record Target(int start, int length, IntPredicate spared) {

        /** Bytes of which none is spared. */
        public Target(long start, int length) {
            this(Math.toIntExact(start), length, at -> false);
        }
    }

    /** A further look at a volume that is recognised. */
    public interface Look {

        /** Throws an {@link AssertionError} if something is wrong; {@code what} names the change. */
        void at(Allocation allocation, CountingDevice device, String what) throws ImagingException;
    }

    /** Creates a trial of {@code allocator}, which may read fewer than {@code readLimit} bytes of a volume. */
    public VolumeFuzz(Allocator allocator, long readLimit) {
        this.allocator = allocator;
        this.readLimit = readLimit;
    }

    /** Has a further look at volumes that are recognised. */
    public VolumeFuzz looking(Look further) {
        look = further;
        return this;
    }

    /** Mostly makes checksums right after a change, which {@code checksums} writes into the first {@code length} bytes. */
    public VolumeFuzz mending(int length, Consumer<byte[]> checksums) {
        mended = new Target(0, length);
        mend = checksums;
        return this;
    }

    /** Changes {@code targets} of a volume that is recognised as it is; {@code image} stays as it is. */
    public void run(byte[] image, List<Target> targets) throws ImagingException {
        Random seeds = new Random(seed);
        byte[] changed = image.clone();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int read = 0;
        int refused = 0;
        Expect.that(outcome(image, "unchanged"), "the unchanged volume is refused");
        while (read + refused < LEAST_CHANGES || System.nanoTime() < end) {
            long change = seeds.nextLong();
            Random random = new Random(change);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                change(changed, targets.get(random.nextInt(targets.size())), random);
            }
            if (random.nextInt(4) > 0) {
                mend.accept(changed);
            }
            if (outcome(changed, "change " + change + " of seed " + seed)) {
                read++;
            } else {
                refused++;
            }
            targets.forEach(target -> restore(image, changed, target));
            restore(image, changed, mended);
        }
        Expect.that(read > 0 && refused > 0, "%d volumes were read, %d refused, seed %d", read, refused, seed);
    }

    private static void restore(byte[] image, byte[] changed, Target target) {
        System.arraycopy(image, target.start(), changed, target.start(), target.length());
    }

    /** Changes one number. */
    private static void change(byte[] image, Target target, Random random) {
        int at = random.nextInt(target.length());
        if (target.spared().test(at) && random.nextInt(10) > 0) {
            return;
        }
        long value = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> Long.MAX_VALUE >> random.nextInt(64);
            case 4 -> random.nextInt(64);
            default -> random.nextLong();
        };
        int width = Math.min(1 << random.nextInt(4), target.length() - at);
        for (int i = 0; i < width; i++) {
            image[target.start() + at + i] = (byte) (value >> 8 * i);
        }
    }

    /** Returns whether the volume was read, false if it was refused. */
    private boolean outcome(byte[] image, String what) throws ImagingException {
        CountingDevice device = new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
        boolean read = look(device, what);
        Expect.that(device.bytesRead() < readLimit, "%s: %d bytes were read, expected fewer than %d", what,
                device.bytesRead(), readLimit);
        return read;
    }

    private boolean look(CountingDevice device, String what) throws ImagingException {
        try {
            Optional<Allocation> found = allocator.recognise(device);
            if (found.isPresent()) {
                look.at(found.get(), device, what);
            }
            return found.isEmpty() || ExtentsInUse.of(found.get(), device).count() > 0;
        } catch (FileSystemException refusal) {
            Expect.that(refusal.offset() >= 0 && refusal.offset() <= device.length(), "%s: refused for byte %d of %d: %s",
                    what, refusal.offset(), device.length(), refusal.getMessage());
            return false;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }
}
