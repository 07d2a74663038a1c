package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/** Makes records of mounts and takes them away: this process's own, and those of processes that are no more. */
final class Mounter {
    private static final long SECONDS = 60;
    private static final long LOOK_MILLIS = 50;
    private final MountFolders folders;
    private final MountTable mounts;
    private final Programs programs;
    private final Showing showing;

    Mounter(MountFolders folders, MountTable mounts, Programs programs, Showing showing) {
        this.folders = folders;
        this.mounts = mounts;
        this.programs = programs;
        this.showing = showing;
    }

    /**
     * Returns that of this system.
     *
     * @throws UsageException if this system is not Linux
     * @throws NotPermittedException if only the administrator may mount here, and this user is not
     */
    static Mounter ofSystem(String image, String at) throws UsageException, NotPermittedException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new UsageException("images are mounted on Linux only", "serve the image (imaging serve nbd) to a machine with Linux, or export it");
        }
        Programs programs = new SystemPrograms();
        MountTable mounts = new MountTable(Path.of("/proc"), Path.of("/sys"));
        Showing showing = new Showing(programs, mounts, Path.of("/dev"), Path.of("/sys"));
        if (!isAdministrator()) {
            throw new NotPermittedException(at, "only root may mount a file system", "run it by sudo; or, without root: imaging serve nbd --socket "
                    + "/tmp/nbd.sock --in '" + image + "', mkdir /tmp/nbd, nbdfuse -r /tmp/nbd/disk --unix /tmp/nbd.sock, and a file system by FUSE "
                    + "on /tmp/nbd/disk (fuse2fs -o ro, ntfs-3g -o ro)", null);
        }
        return new Mounter(new MountFolders(Path.of("/run/imagingutility")), mounts, programs, showing);
    }

    private static boolean isAdministrator() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            // what it is denied, it is told later
            return true;
        }
    }

    Showing showing() {
        return showing;
    }

    Programs programs() {
        return programs;
    }

    /** Makes the record of a mount, and takes away first what processes left behind that are no more. */
    MountFolder claim(String at) throws ImagingException {
        String folder = folder(at);
        try {
            MountFolder claimed = folders.alone(() -> {
                takeLeftoversAway();
                return folders.claim(folder).orElse(null);
            });
            if (claimed == null) {
                throw new TargetException(at, -1, "an image is being mounted there, or is mounted", "imaging unmount --at " + at, null);
            }
            if (mounts.sourceAt(folder).isPresent()) {
                release(claimed);
                throw new TargetException(at, -1, "something is mounted there already", "unmount it, or choose another folder", null);
            }
            return claimed;
        } catch (IOException e) {
            throw new TargetException(at, -1, "cannot be prepared: " + e.getMessage(), null, e);
        }
    }

    private static String folder(String at) throws UsageException {
        try {
            Path folder = FilePaths.of(at);
            if (!Files.isDirectory(folder)) {
                throw new UsageException("\"" + at + "\" is no folder", "make it: mkdir " + at);
            }
            return folder.toRealPath().toString();
        } catch (InvalidPathException | IOException e) {
            throw new UsageException("\"" + at + "\" is no folder: " + e.getMessage(), null);
        }
    }

    /** Takes away whatever was made for a mount of this process; returns whether somebody still uses files of it. */
    boolean release(MountFolder folder) throws IOException {
        try (folder) {
            return folders.alone(() -> showing.takeAway(folder));
        }
    }

    private int takeLeftoversAway() throws IOException {
        int count = 0;
        for (Path each : folders.all()) {
            Optional<MountFolder> left = folders.lock(each);
            if (left.isPresent()) {
                try (MountFolder folder = left.get()) {
                    showing.takeAway(folder);
                    count++;
                }
            }
        }
        return count;
    }

    /** Takes away what processes left behind that are no more; returns of how many mounts. */
    int clean() throws ImagingException {
        try {
            return folders.alone(this::takeLeftoversAway);
        } catch (IOException e) {
            throw new TargetException("/run/imagingutility", -1, "what was left there cannot be taken away: " + e.getMessage(), null, e);
        }
    }

    /**
     * Unmounts what a process has mounted there, and waits until that process has taken all else away.
     *
     * @throws UsageException if nothing of this program is mounted there
     */
    void unmount(String at) throws ImagingException {
        try {
            // the folder of a mount whose server is gone cannot always be looked at
            String folder = FilePaths.of(at).toAbsolutePath().normalize().toString();
            Path record = Files.isDirectory(folders.of(folder)) ? folders.of(folder) : folders.of(folder(at));
            if (!Files.isDirectory(record)) {
                throw new UsageException("no image is mounted at \"" + at + "\" by this program", "\"findmnt " + at + "\" tells what is");
            }
            if (clean() > 0 && !Files.isDirectory(record)) {
                return;
            }
            programs.run(List.of("umount", Files.readString(record.resolve(MountFolder.AT))));
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); Files.isDirectory(record); Waiting.millis(LOOK_MILLIS)) {
                if (System.nanoTime() > end) {
                    throw new TargetException(at, -1, "is unmounted, but the process that served it has not ended", null, null);
                }
            }
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + at + "\" is no folder: " + e.getMessage(), null);
        } catch (IOException e) {
            throw new TargetException(at, -1, "cannot be unmounted: " + e.getMessage(), "see who uses it: fuser -vm " + at, e);
        }
    }
}
