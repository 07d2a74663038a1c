package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;

/** Shows what is served as a device of this system: by the kernel's NBD client if it is there, else as a file by FUSE; and takes it away again. */
final class Showing {
    private static final long SECONDS = 30;
    private static final long LOOK_MILLIS = 20;
    private final Programs programs;
    private final MountTable mounts;
    private final Path dev;
    private final Path sys;

    /** Creates it for {@code /dev} and {@code /sys}, or what stands for them. */
    Showing(Programs programs, MountTable mounts, Path dev, Path sys) {
        this.programs = programs;
        this.mounts = mounts;
        this.dev = dev;
        this.sys = sys;
    }

    /**
     * Checks that this system has what is needed.
     *
     * @throws UsageException if it lacks something: says what, and how it is done by hand
     */
    void check(String image, String at) throws UsageException {
        for (String name : List.of("mount", "umount")) {
            if (!programs.has(name)) {
                throw new UsageException("the program " + name + " is missing", "install it (Debian: apt install mount)");
            }
        }
        if (!hasNbd() && !hasFuse()) {
            throw new UsageException("neither the kernel's NBD client (" + (programs.has("nbd-client") ? "" : "the program nbd-client, ")
                    + "/dev/nbd0) nor nbdfuse (" + (programs.has("nbdfuse") ? "" : "the program nbdfuse, ") + "/dev/fuse) is there",
                    "modprobe nbd, and apt install nbd-client, or apt install libnbd-bin fuse3; by hand: " + byHand(image, at));
        }
    }

    private static String byHand(String image, String at) {
        return "imaging serve nbd --socket /tmp/nbd.sock --in '" + image + "', then nbd-client -unix /tmp/nbd.sock /dev/nbd0 -readonly and "
                + "mount -o ro /dev/nbd0 '" + at + "'; or mkdir /tmp/nbd, nbdfuse -r /tmp/nbd/disk --unix /tmp/nbd.sock and "
                + "mount -o ro,loop /tmp/nbd/disk '" + at + "'";
    }

    private boolean hasNbd() {
        return programs.has("nbd-client") && Files.exists(dev.resolve("nbd0"));
    }

    private boolean hasFuse() {
        return programs.has("nbdfuse") && programs.has("setsid") && Files.exists(dev.resolve("fuse"));
    }

    /**
     * Shows what is served on the socket of {@code folder}.
     *
     * @param stop asked whether that is wanted no more
     * @return the device
     */
    Path show(MountFolder folder, BooleanSupplier stop) throws IOException, TargetException {
        if (hasNbd()) {
            Optional<Path> device = byKernel(folder);
            if (device.isPresent() || !hasFuse()) {
                return device.orElseThrow(() -> new TargetException(dev.resolve("nbd0").toString(), -1, "is in use, as all devices of that kind are",
                        "disconnect one: nbd-client -d /dev/nbd0", null));
            }
        }
        return byFuse(folder, stop);
    }

    private Optional<Path> byKernel(MountFolder folder) throws IOException {
        for (int number = 0; Files.exists(dev.resolve("nbd" + number)); number++) {
            Path device = dev.resolve("nbd" + number);
            // who uses a device has its process there
            if (Files.exists(sys.resolve("block/nbd" + number + "/pid"))) {
                continue;
            }
            folder.nbdDevice(device.toString());
            programs.run(List.of("nbd-client", "-unix", folder.socket().toString(), device.toString(), "-readonly"));
            return Optional.of(device);
        }
        return Optional.empty();
    }

    private Path byFuse(MountFolder folder, BooleanSupplier stop) throws IOException, TargetException {
        Files.createDirectories(folder.fuse());
        Process process = programs.begin(List.of("nbdfuse", "-r", folder.fuseFile().toString(), "--unix", folder.socket().toString()), folder.log());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(folder.fuseFile())) {
            if (!process.isAlive() || System.nanoTime() > end || stop.getAsBoolean()) {
                String words = Files.exists(folder.log()) ? Files.readString(folder.log()).strip() : "";
                throw new TargetException(folder.fuse().toString(), -1, "nbdfuse does not show the device"
                        + (words.isEmpty() ? "" : ": " + String.join("; ", words.lines().toList())), "see whether FUSE works here: ls -l /dev/fuse", null);
            }
            Waiting.millis(LOOK_MILLIS);
        }
        return folder.fuseFile();
    }

    /** Says whether what is mounted at the mount point of {@code folder} is what was shown for it. */
    boolean isMounted(MountFolder folder) throws IOException {
        Optional<String> at = folder.mountPoint();
        Optional<String> source = at.isPresent() ? mounts.sourceAt(at.get()) : Optional.empty();
        if (source.isEmpty()) {
            return false;
        }
        String device = mounts.behindLoop(source.get()).orElse(source.get());
        return device.equals(folder.fuseFile().toString()) || folder.nbdDevice().map(device::equals).orElse(false);
    }

    /**
     * Takes away whatever was made for {@code folder}, and its record.
     *
     * @return whether somebody still uses files of it, who keeps what is left until then
     */
    boolean takeAway(MountFolder folder) throws IOException {
        boolean used = false;
        if (isMounted(folder)) {
            used = unmounted(folder.mountPoint().get());
        }
        Optional<String> device = folder.nbdDevice();
        if (device.isPresent() && Files.exists(sys.resolve("block").resolve(Path.of(device.get()).getFileName()).resolve("pid"))) {
            programs.run(List.of("nbd-client", "-d", device.get()));
        }
        if (mounts.sourceAt(folder.fuse().toString()).isPresent()) {
            unmounted(folder.fuse().toString());
        }
        folder.remove();
        return used;
    }

    /** Unmounts; where files are in use, they stay with their users and are gone for all others. Returns whether that was so. */
    private boolean unmounted(String at) throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                programs.run(List.of("umount", at));
                return false;
            } catch (IOException e) {
                // a loop device lets go of its file a moment after it was unmounted
                Waiting.millis(LOOK_MILLIS);
            }
        }
        programs.run(List.of("umount", "-l", at));
        return true;
    }
}
