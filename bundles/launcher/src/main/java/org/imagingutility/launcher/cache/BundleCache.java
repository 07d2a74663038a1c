package org.imagingutility.launcher.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.imagingutility.launcher.folder.Folders;
import org.imagingutility.launcher.folder.PrivateFolder;
import org.imagingutility.launcher.profile.Profile;

/**
 * The folder Felix keeps its state in. One process, one folder: a set of bundles has up to eight, and a process takes
 * the first that no other process holds; what it finds there from an earlier run saves it installing the bundles.
 * Changed bundles have another set of folders. Where nothing can be written below the user's cache folder, where that
 * belongs to somebody else or is open to others ({@link PrivateFolder}), or all eight are taken, a temporary folder is used
 * and deleted at the end.
 */
public final class BundleCache implements AutoCloseable {
    private static final int SLOTS = 8;
    /** More than a bundle takes here, bytes. */
    private static final int PROBE = 1 << 16;
    private static final String SYSTEM_PACKAGES = "system.packages";
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);
    private final Path folder;
    private final boolean temporary;
    /** Held until the process ends; null for a temporary folder. */
    private final FileChannel lock;

    private BundleCache(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** Takes a folder for this process, one that belongs to the bundles of {@code profile} and to the files of the {@code policy}. */
    public static BundleCache claim(Profile profile, List<Path> policy, String brand) throws IOException {
        Path root = CacheRoot.find(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"), brand);
        return claim(root, fingerprint(profile, policy));
    }

    public static BundleCache claim(Path root, String fingerprint) throws IOException {
        try {
            makeNewIfOpen(root);
            PrivateFolder.claim(root);
            Path set = root.resolve(fingerprint);
            boolean added = !Files.isDirectory(set);
            PrivateFolder.claim(set);
            if (added) {
                forgetUnused(root, set);
            }
            for (int slot = 0; slot < SLOTS; slot++) {
                FileChannel channel = FileChannel.open(set.resolve(slot + ".lock"), StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new BundleCache(set.resolve(Integer.toString(slot)), false, channel);
                }
                channel.close();
            }
        } catch (IOException | SecurityException e) {
            // a read-only home, no home at all, a file system without locks: all served by a temporary folder
            System.getLogger(BundleCache.class.getName()).log(System.Logger.Level.DEBUG, "no cache in " + root, e);
        }
        return temporary();
    }

    /** Empties a cache of this user's that others may write to: it has nothing that cannot be had again, but may have worse. */
    private static void makeNewIfOpen(Path root) throws IOException {
        if (PrivateFolder.isOwnButOpen(root)) {
            Folders.delete(root);
        }
    }

    /** Makes a folder for this process alone, deleted at the end. */
    public static BundleCache temporary() throws IOException {
        return new BundleCache(Files.createTempDirectory("imaging-cache"), true, null);
    }

    /** Returns the folder; it need not exist. */
    public Path folder() {
        return folder;
    }

    /** Returns a file beside the folder, which stays when the framework empties the folder; null if nothing is to stay. */
    public Path memory() {
        return temporary ? null : folder.resolveSibling(folder.getFileName() + ".accepted");
    }

    /** Says whether an earlier run left all bundles installed here. */
    public boolean filled() {
        return Files.exists(marker());
    }

    /** Says whether nothing can be written here any more, although another folder may do: the file system or a quota is full. */
    public boolean isFull() throws IOException {
        if (temporary) {
            return false;
        }
        Path probe = folder.resolveSibling(folder.getFileName() + ".probe");
        try {
            Files.write(probe, new byte[PROBE]);
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Says whether a later run may find what this one leaves here. */
    public boolean outlivesRun() {
        return !temporary;
    }

    /**
     * Notes that all bundles are installed here. To be called when the framework is stopped: what it wrote is forced to the
     * medium before it is noted, lest a later run find less after a power cut and work with fewer plug-ins.
     *
     * @param systemPackages what the framework exports of Java, which it would have to find out in each run
     */
    public void setFilled(String systemPackages) throws IOException {
        Files.createDirectories(folder);
        Path packages = folder.resolve(SYSTEM_PACKAGES);
        Files.writeString(packages, crc(systemPackages) + "\n" + systemPackages);
        Folders.force(folder);
        Files.write(marker(), new byte[0]);
    }

    /**
     * Returns what {@link #setFilled} was told.
     *
     * @throws IOException if that cannot be read, or is not what was written
     */
    public String systemPackages() throws IOException {
        String text = Files.readString(folder.resolve(SYSTEM_PACKAGES));
        int end = text.indexOf('\n');
        String packages = text.substring(end + 1);
        if (end < 0 || !text.substring(0, end).equals(crc(packages))) {
            throw new IOException("\"" + folder.resolve(SYSTEM_PACKAGES) + "\" is damaged");
        }
        return packages;
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** Makes the next run install the bundles anew. */
    public void forget() throws IOException {
        Files.deleteIfExists(marker());
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Folders.delete(folder);
        } else {
            Files.setLastModifiedTime(folder.getParent(), FileTime.from(Instant.now()));
            lock.close();
        }
    }

    private Path marker() {
        return folder.resolve("filled");
    }

    /** Returns a name for what Java is, with its modules, and what the bundles are: paths, lengths and times of change. */
    private static String fingerprint(Profile profile, List<Path> policy) throws IOException {
        CRC32 crc = new CRC32();
        StringBuilder text = new StringBuilder(Runtime.version().toString()).append(' ').append(System.getProperty("java.home"))
                .append(' ').append(modules()).append(' ').append(profile.name());
        List<Path> files = new ArrayList<>(profile.bundles());
        files.addAll(policy);
        for (Path bundle : files) {
            BasicFileAttributes attributes = Files.readAttributes(bundle, BasicFileAttributes.class);
            text.append('\n').append(bundle.toAbsolutePath()).append(' ').append(attributes.size())
                    .append(' ').append(attributes.lastModifiedTime());
        }
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue() << 32 | Integer.toUnsignedLong(text.toString().hashCode()));
    }

    /** Returns a number for the modules that Java runs with, in whatever order they are. */
    private static int modules() {
        int sum = 0;
        for (Module module : ModuleLayer.boot().modules()) {
            sum += module.getName().hashCode();
        }
        return sum;
    }

    private static void forgetUnused(Path root, Path current) throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        try (var sets = Files.newDirectoryStream(root)) {
            for (Path set : sets) {
                if (!set.equals(current) && Files.getLastModifiedTime(set).toInstant().isBefore(limit)) {
                    Folders.delete(set);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
