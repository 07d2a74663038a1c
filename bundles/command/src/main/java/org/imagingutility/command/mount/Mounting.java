package org.imagingutility.command.mount;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;

/**
 * Mounts what a job serves, in a thread of its own, and is the monitor of that job: it ends when nothing is mounted any more. So all is
 * unmounted while it is still served.
 */
final class Mounting implements JobMonitor {
    private static final long LOOK_MILLIS = 100;
    /** First word of a server ("Newstyle negotiation"). */
    private static final long GREETING = 0x4e42444d41474943L;
    private final Mounter mounter;
    private final MountFolder folder;
    private final Wanted wanted;
    private final ImagingService service;
    private final JobMonitor shown;
    private final BooleanSupplier cancelled;
    private final Thread thread = new Thread(this::run, "imaging-mount");
    private volatile boolean over;
    private volatile boolean serverEnded;
    private ImagingException failure;

    /**
     * What is to be mounted.
     *
     * @param image the image
     * @param at the mount point as it was typed
     * @param type type of the file system; null to have it found out
     * @param options more options of {@code mount}; null for none
     */
    record Wanted(String image, String at, String type, String options) {
    }

    /** Creates it; {@code cancelled} says whether the user wants no more. */
    Mounting(Mounter mounter, MountFolder folder, Wanted wanted, ImagingService service, JobMonitor shown, BooleanSupplier cancelled) {
        this.mounter = mounter;
        this.folder = folder;
        this.wanted = wanted;
        this.service = service;
        this.shown = shown;
        this.cancelled = cancelled;
    }

    void begin() {
        thread.start();
    }

    /** Waits until all is taken away, after the server has ended. */
    void end() throws ImagingException {
        serverEnded = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // what is mounted must go before this returns
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean stops() {
        return serverEnded || cancelled.getAsBoolean();
    }

    private void run() {
        try {
            if (served()) {
                mount(mounter.showing().show(folder, this::stops));
                awaitEnd();
            }
        } catch (ImagingException e) {
            failure = e;
        } catch (IOException e) {
            failure = new TargetException(wanted.at, -1, "cannot be mounted: " + e.getMessage(), null, e);
        } catch (RuntimeException | Error e) {
            failure = new TargetException(wanted.at, -1, "cannot be mounted: " + e, null, e);
        } finally {
            takeAway();
            over = true;
        }
    }

    /** Waits until the server greets those who come; false if it ended, or is wanted no more. */
    private boolean served() {
        while (!stops()) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.socket()))) {
                ByteBuffer word = ByteBuffer.allocate(Long.BYTES);
                while (word.hasRemaining() && channel.read(word) >= 0) {
                    continue;
                }
                if (!word.hasRemaining() && word.flip().getLong() == GREETING) {
                    return true;
                }
            } catch (IOException e) {
                // it does not listen yet
                Waiting.millis(LOOK_MILLIS);
            }
        }
        return false;
    }

    private void mount(Path device) throws ImagingException {
        Optional<DiskListing.Content> part = PartitionChoice.of(wanted.image, service.disk(device.toString()));
        String options = PartitionChoice.options(part, !folder.fuseFile().equals(device));
        List<String> command = new ArrayList<>(List.of("mount", "-o", wanted.options == null ? options : options + "," + wanted.options));
        if (wanted.type != null) {
            command.addAll(List.of("-t", wanted.type));
        }
        try {
            command.addAll(List.of(device.toString(), folder.mountPoint().orElseThrow()));
            mounter.programs().run(command);
        } catch (IOException e) {
            throw new TargetException(wanted.at, -1, "the file system cannot be mounted: " + e.getMessage(),
                    "one that was in use when it was imaged may need --options noload (ext), or norecovery,nouuid (XFS)", e);
        }
        notice("\"" + wanted.image + "\"" + part.map(one -> ", partition " + one.partition().number() + ",").orElse("") + " is mounted at \"" + wanted.at
                + "\" until Ctrl+C, or \"imaging unmount --at " + wanted.at + "\"");
    }

    /** Waits until the user wants no more, or somebody unmounted it. */
    private void awaitEnd() throws IOException {
        while (!stops() && mounter.showing().isMounted(folder)) {
            Waiting.millis(LOOK_MILLIS);
        }
    }

    private void takeAway() {
        try {
            if (mounter.release(folder)) {
                notice("somebody uses files below \"" + wanted.at + "\": they can be read no more");
            }
        } catch (IOException e) {
            TargetException left = new TargetException(wanted.at, -1, "not all that was made for it could be taken away: " + e.getMessage(),
                    "imaging unmount", e);
            if (failure == null) {
                failure = left;
            } else {
                failure.addSuppressed(left);
            }
        }
    }

    @Override
    public boolean cancelled() {
        return over;
    }

    @Override
    public synchronized void progress(Progress progress) {
        shown.progress(progress);
    }

    @Override
    public synchronized void notice(String line) {
        shown.notice(line);
    }

    @Override
    public synchronized void state(JobState state, String reason) {
        shown.state(state, reason);
    }

    @Override
    public String jobName() {
        return shown.jobName();
    }
}
