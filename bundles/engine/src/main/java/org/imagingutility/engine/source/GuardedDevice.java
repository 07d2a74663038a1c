package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.ExtentList;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest.ReadErrors;

/**
 * A device that may be failing. To those who want all bytes or an error (allocators) it is a device that tries harder;
 * to those who record what cannot be read it says which ranges these are. As long as all can be read, and reads have no
 * bound in time, it adds nothing to a read; otherwise a thread and a copy. Used by several threads at once.
 */
public final class GuardedDevice implements Device {
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(2);
    private static final String REMEDY = "continue in spite of unreadable sectors with --on-read-error record";
    private static final String TABLES_REMEDY = "if the file system's own tables are unreadable, image all blocks: "
            + "--all-blocks --on-read-error record";

    private final BlankedDevice device;
    private final ReadErrors policy;
    private final KnownBadRanges knownBad;
    private final BooleanSupplier stopped;
    private final DirectReads direct;
    private final AbandonableReads reads;
    private final DeviceProbe probe;
    private volatile boolean stop;
    private volatile LeftOut leftOut = LeftOut.NOTHING;
    /** Whether a read failed. From then on none is made that cannot be left behind: the next one may take minutes. */
    private volatile boolean failing;

    /**
     * Guards {@code device}, which is closed with it.
     *
     * @param knownBad ranges that are not tried
     * @param cancelled whether the job is being stopped; asked by every thread that reads
     */
    public GuardedDevice(Device device, ReadErrors policy, KnownBadRanges knownBad, BooleanSupplier cancelled) {
        this(device, policy, knownBad, cancelled, longer(SHORTEST_PATIENCE, policy.timeout().multipliedBy(4)));
    }

    GuardedDevice(Device device, ReadErrors policy, KnownBadRanges knownBad, BooleanSupplier cancelled, Duration patience) {
        this.device = new BlankedDevice(device);
        this.policy = policy;
        this.knownBad = knownBad;
        this.stopped = () -> stop || cancelled.getAsBoolean();
        this.direct = new DirectReads(this.device);
        this.reads = new AbandonableReads(this.device, policy.timeout(), patience, stopped);
        this.probe = new DeviceProbe(this.device, reads);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return device.clustersInUse();
    }

    /** Returns the device itself. */
    Device unguarded() {
        return device.device();
    }

    /** Has zeros stand for what is left out from now on. */
    public void leaveOut(LeftOut what) {
        leftOut = what;
        device.blank(what.ranges());
    }

    /** Returns what is left out. */
    public LeftOut leftOut() {
        return leftOut;
    }

    /** Returns how many bytes a read of {@code length} takes from the device: none where all of them are left out. */
    public int bytesTaken(long offset, int length) {
        return device.bytesTaken(offset, length);
    }

    /** Ends reads that are under way or waited for: the job, or this attempt at it, is ending. */
    public void stop() {
        stop = true;
        direct.stop();
    }

    /** Lets reads continue: another attempt begins. */
    public void restart() {
        stop = false;
        direct.restart();
    }

    /**
     * Reads like {@link Device#read}, in smaller and smaller pieces and several times where that fails.
     *
     * @throws DeviceException for the first sector that stays unreadable, or is known to be bad
     */
    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        long end = offset + target.remaining();
        int limit = target.limit();
        if (!tryRead(offset, target)) {
            int begin = limit - (int) (end - offset);
            refuseKnownBad(offset, end, TABLES_REMEDY);
            ByteBuffer window = target.duplicate().limit(limit).position(begin).slice();
            rescue(window, offset).readOrFail(offset, end, policy.record() ? TABLES_REMEDY : REMEDY);
            target.limit(limit).position(limit);
        }
    }

    /**
     * Reads in one go. The content of {@code target} is undefined if that fails.
     *
     * @return false if not all of it could be read, or part of it is known to be bad
     */
    public boolean tryRead(long offset, ByteBuffer target) throws ImagingException {
        long end = offset + target.remaining();
        if (knownBad.touches(offset, end)) {
            return false;
        }
        try {
            if (policy.timeout().isZero() && !failing) {
                direct.read(offset, target);
            } else {
                reads.read(false, offset, target);
            }
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            failing = true;
            return false;
        }
        probe.good(offset, end);
        return true;
    }

    /**
     * Reads {@code [from, to)}, whole sectors, piece by piece, with retries. Unless unreadable sectors are recorded, all of
     * it is read.
     *
     * @param content gets what is read, and zeros where nothing could be; its position and limit are changed
     * @param base offset on the device of the content's first byte
     * @param unreadable gets the sectors that could not be read, in order
     * @return bytes that were read
     * @throws DeviceException for an unreadable sector that may not be recorded, or if the device went away
     */
    public long readPieces(long from, long to, ByteBuffer content, long base, ExtentList.Builder unreadable)
            throws ImagingException {
        SectorRescue rescue = rescue(content, base);
        if (!policy.record()) {
            refuseKnownBad(from, to, REMEDY);
            rescue.readOrFail(from, to, REMEDY);
            return rescue.bytesRead();
        }
        ExtentList known = knownBad.sectorsWithin(from, to);
        long position = from;
        for (int i = 0; i < known.count(); i++) {
            add(unreadable, rescue.readAll(position, known.offset(i)));
            unreadable.add(known.offset(i), known.length(i));
            rescue.zero(known.offset(i), known.end(i));
            position = known.end(i);
        }
        add(unreadable, rescue.readAll(position, to));
        return rescue.bytesRead();
    }

    private SectorRescue rescue(ByteBuffer content, long base) {
        return new SectorRescue(device, reads, probe, stopped, policy.retries(), content.clear(), base);
    }

    private void refuseKnownBad(long from, long to, String remedy) throws DeviceException {
        ExtentList known = knownBad.sectorsWithin(from, to);
        if (known.count() > 0) {
            throw new DeviceException(info().reference(), known.offset(0), "the map of bad ranges says that this was not read",
                    remedy, null);
        }
    }

    private static void add(ExtentList.Builder builder, ExtentList extents) {
        for (int i = 0; i < extents.count(); i++) {
            builder.add(extents.offset(i), extents.length(i));
        }
    }

    /**
     * {@inheritDoc} What is known to be bad counts as data. All does once a read failed, and where reads have a bound in time, which
     * this question has not.
     */
    @Override
    public long nextData(long offset) throws ImagingException {
        if (failing || !policy.timeout().isZero()) {
            return offset;
        }
        try {
            long data = device.nextData(offset);
            ExtentList bad = knownBad.sectorsWithin(offset, data);
            return bad.count() > 0 ? bad.offset(0) : data;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            // reading will show whether it answers
            return offset;
        }
    }

    /** Closes the device; if reads of it hang, that happens when they return. */
    @Override
    public void close() throws ImagingException {
        stop = true;
        reads.close();
    }
}
