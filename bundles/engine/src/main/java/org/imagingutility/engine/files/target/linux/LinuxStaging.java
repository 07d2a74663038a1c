package org.imagingutility.engine.files.target.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Staging;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;
import org.imagingutility.engine.files.target.TargetTraits;

/** The staging folder on Linux. */
public final class LinuxStaging implements Staging {
    /** Begin of the names of files that may get further names. */
    private static final String KEPT = "file-";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final byte[] OWN_NAME = LinuxCalls.bytes(NAME);
    /** File types of sys/stat.h. */
    private static final int S_IFIFO = 0010000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;
    private static final int S_IFSOCK = 0140000;

    private final LinuxCalls calls;
    private final LinuxFacts facts;
    private final LinuxFolder root;
    private final LinuxFolder staging;
    private final TargetTraits traits;
    private long made;

    private LinuxStaging(LinuxCalls calls, LinuxFacts facts, LinuxFolder root, LinuxFolder staging, TargetTraits traits) {
        this.calls = calls;
        this.facts = facts;
        this.root = root;
        this.staging = staging;
        this.traits = traits;
    }

    /** Says whether it can be used: on Linux, with JNA. */
    public static boolean isPossible() {
        if (!LinuxCalls.areKnown()) {
            return false;
        }
        try {
            LinuxCalls.load();
            return true;
        } catch (LinkageError e) {
            System.getLogger(LinuxStaging.class.getName()).log(System.Logger.Level.DEBUG, "JNA cannot be used", e);
            return false;
        }
    }

    /** Opens a folder that is there, and makes the staging folder in it, if that is not there. */
    public static LinuxStaging open(Path folder) throws IOException {
        LinuxCalls calls = LinuxCalls.load();
        LinuxFacts facts = new LinuxFacts(calls);
        int umask = calls.call("umask", 022);
        calls.call("umask", umask);
        LinuxFolder root = new LinuxFolder(calls, facts, umask, calls.openNamed(LinuxCalls.bytes(folder.toString())));
        LinuxFolder staging = null;
        try {
            if (root.standing(NAME).isEmpty()) {
                staging = (LinuxFolder) root.create(NAME);
            } else {
                staging = (LinuxFolder) root.open(NAME);
                if (facts.owner(staging.descriptor()) != calls.call("geteuid")) {
                    throw new IOException("\"" + NAME + "\" in it belongs to another user");
                }
                calls.call("fchmod", staging.descriptor(), LinuxFolder.PRIVATE);
                clear(calls, staging, KEPT);
            }
            return new LinuxStaging(calls, facts, root, staging, traits(calls, facts, staging));
        } catch (IOException | RuntimeException | Error e) {
            close(root, e);
            if (staging != null) {
                close(staging, e);
            }
            throw e;
        }
    }

    private static void close(LinuxFolder folder, Throwable error) {
        try {
            folder.close();
        } catch (IOException closing) {
            error.addSuppressed(closing);
        }
    }

    private static TargetTraits traits(LinuxCalls calls, LinuxFacts facts, LinuxFolder staging) throws IOException {
        byte[] lower = LinuxCalls.bytes("case");
        byte[] link = LinuxCalls.bytes("link");
        calls.close(calls.createFile(staging.descriptor(), lower, 0600));
        boolean sensitive = staging.standing("CASE").isEmpty();
        boolean hardLinks = true;
        try {
            calls.call("linkat", staging.descriptor(), lower, staging.descriptor(), link, 0);
            calls.call("unlinkat", staging.descriptor(), link, 0);
        } catch (LinuxCalls.CallException e) {
            hardLinks = e.error() != LinuxCalls.EPERM && e.error() != LinuxCalls.EOPNOTSUPP;
        }
        facts.apply(staging.descriptor(), lower, false, new Attributes(Optional.empty(), false, false, Optional.of(TargetTraits.FINE),
                Optional.empty(), Optional.empty()));
        Duration timeError = TargetTraits.timeError(staging.standing("case").orElseThrow().modified());
        calls.call("unlinkat", staging.descriptor(), lower, 0);
        return new TargetTraits(TargetTraits.Names.BYTES, sensitive, true, true, calls.call("geteuid") == 0, hardLinks, timeError);
    }

    /** Takes all out of the staging folder whose name does not begin with {@code except}. */
    private static void clear(LinuxCalls calls, LinuxFolder staging, String except) throws IOException {
        // the open folder itself, whatever stands under its name by now
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS.resolve(Integer.toString(staging.descriptor())))) {
            for (Path each : all) {
                String name = each.getFileName().toString();
                if (except == null || !name.startsWith(except)) {
                    removeIfThere(calls, staging, LinuxCalls.bytes(name));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void removeIfThere(LinuxCalls calls, LinuxFolder folder, byte[] name) throws IOException {
        try {
            calls.call("unlinkat", folder.descriptor(), name, 0);
        } catch (LinuxCalls.CallException e) {
            if (e.error() != LinuxCalls.ENOENT) {
                throw e;
            }
        }
    }

    @Override
    public TargetTraits traits() {
        return traits;
    }

    @Override
    public TargetFolder root() {
        return root;
    }

    private byte[] next() {
        return LinuxCalls.bytes(Long.toString(++made));
    }

    @Override
    public StagedFile file(Attributes attributes) throws IOException {
        return LinuxStagedFile.file(calls, facts, staging.descriptor(), next(), attributes);
    }

    @Override
    public StagedFile link(String target, Attributes attributes) throws IOException {
        byte[] name = next();
        calls.call("symlinkat", LinuxCalls.bytes(target), staging.descriptor(), name);
        return made(name, true, attributes);
    }

    private StagedFile made(byte[] name, boolean link, Attributes attributes) throws IOException {
        StagedFile file = LinuxStagedFile.made(calls, facts, staging.descriptor(), name, attributes);
        try {
            facts.apply(staging.descriptor(), name, link, attributes);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public StagedFile special(FileDetails details, Attributes attributes) throws IOException {
        long number = details.device().map(device -> number(device.major(), device.minor())).orElse(0L);
        byte[] name = next();
        calls.call("mknodat", staging.descriptor(), name, type(details.kind()) | 0600, number);
        return made(name, false, attributes);
    }

    private static int type(FileKind kind) {
        return switch (kind) {
            case PIPE -> S_IFIFO;
            case SOCKET -> S_IFSOCK;
            case BLOCK_DEVICE -> S_IFBLK;
            case CHARACTER_DEVICE -> S_IFCHR;
            default -> throw new UnsupportedOperationException("a " + kind + " cannot be made");
        };
    }

    /** The {@code dev_t} of the C library (sys/sysmacros.h). */
    private static long number(long major, long minor) {
        return (major & 0xFFFFF000L) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFFFF00L) << 12 | minor & 0xFF;
    }

    @Override
    public void keep(TargetFolder folder, String name, String id) throws IOException {
        link(((LinuxFolder) folder).descriptor(), LinuxCalls.bytes(name), staging.descriptor(), LinuxCalls.bytes(KEPT + id));
    }

    private void link(int from, byte[] name, int to, byte[] newName) throws IOException {
        try {
            calls.call("linkat", from, name, to, newName, 0);
        } catch (LinuxCalls.CallException e) {
            if (e.error() != LinuxCalls.EEXIST) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Standing> kept(String id) throws IOException {
        return staging.standing(KEPT + id);
    }

    @Override
    public void name(String id, TargetFolder folder, String name) throws IOException {
        byte[] next = next();
        calls.call("linkat", staging.descriptor(), LinuxCalls.bytes(KEPT + id), staging.descriptor(), next, 0);
        calls.call("renameat", staging.descriptor(), next, ((LinuxFolder) folder).descriptor(), LinuxCalls.bytes(name));
    }

    @Override
    public boolean endsAll(IOException error) {
        return error instanceof LinuxCalls.CallException failed && failed.isLasting();
    }

    @Override
    public void remove() throws IOException {
        clear(calls, staging, null);
        calls.call("unlinkat", root.descriptor(), OWN_NAME, LinuxCalls.AT_REMOVEDIR);
    }

    @Override
    public void close() throws IOException {
        try (root) {
            staging.close();
        }
    }
}
