package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;
import org.imagingutility.tck.device.MemoryDevice;

/**
 * What every {@link FileSystemReader} keeps: the same tree in each pass, contents that are the same however they are read, names that are found;
 * and whatever is on a volume, the answer is a tree, "not mine" or an {@link ImagingException}. Whether the files are the right ones only the
 * reader's own tests can tell.
 */
public final class FileSystemReaderContract implements Contract {
    private static final int FLIPS = 200;
    private static final int MOST_NAMES = 2000;
    private static final int MOST_NAMES_OF_DAMAGED = 100;
    private static final long MOST_BYTES = 1 << 20;
    private static final long MOST_BYTES_OF_DAMAGED = 64 << 10;
    /** Structures of file systems are densest at the beginning. */
    private static final int DENSE = 64 << 10;

    private final FileSystemReader reader;
    private final Map<String, VolumeSource> samples;

    /** Opens a device for reading; each time again. */
    @FunctionalInterface
    public interface VolumeSource {

        /** Returns an open device, which the contract closes. */
        Device open() throws Exception;
    }

    /**
     * Creates the contract.
     *
     * @param reader the reader
     * @param samples volumes in order, whose file system it knows, by name; at least one. Best are small ones with files, directories and links
     */
    public FileSystemReaderContract(FileSystemReader reader, Map<String, ? extends VolumeSource> samples) {
        this.reader = reader;
        this.samples = new LinkedHashMap<>(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no volume that " + reader.name() + " knows");
        }
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        checks.add(new ContractCheck("has a permanent name", () -> Expect.permanentName(reader.name())));
        samples.forEach((name, source) -> checks.addAll(List.of(
                new ContractCheck("opens " + name, () -> with(source, this::opens)),
                new ContractCheck("two walks agree: " + name, () -> with(source, this::walks)),
                new ContractCheck("finds each name: " + name, () -> with(source, this::finds)),
                new ContractCheck("reads alike at any range: " + name, () -> with(source, device -> ContentCheck.run(tree(device)))),
                new ContractCheck("serves several threads: " + name, () -> with(source, this::threads)),
                new ContractCheck("refuses what is no directory or no file: " + name, () -> with(source, this::misuse)),
                new ContractCheck("closes twice, and is closed then: " + name, () -> with(source, this::closes)),
                new ContractCheck("survives read errors: " + name, () -> readErrors(source)),
                new ContractCheck("survives a shorter device: " + name, () -> with(source, this::shorter)),
                new ContractCheck("survives changed bytes: " + name, () -> changed(source)))));
        checks.add(new ContractCheck("takes neither zeros nor random bytes for its own", this::random));
        return List.copyOf(checks);
    }

    /** A check of a volume. */
    private interface VolumeCheck {
        void run(VolumeDevice volume) throws Exception;
    }

    private static void with(VolumeSource source, VolumeCheck check) throws Exception {
        try (VolumeDevice volume = VolumeDevice.of(source.open())) {
            check.run(volume);
        }
    }

    private FileTree tree(VolumeDevice volume) throws ImagingException {
        Optional<FileTree> found = reader.open(volume, ReadingOptions.standard());
        Expect.that(found.isPresent(), "a volume of %d bytes is not recognised", volume.length());
        return found.get();
    }

    private void opens(VolumeDevice volume) throws ImagingException {
        try (FileTree tree = tree(volume)) {
            Expect.that(tree.info().fileSystem() != null && !tree.info().fileSystem().isBlank(), "the file system has no name");
            Expect.that(tree.info().label() != null && tree.info().serial() != null, "label or serial number is null");
            Expect.that(tree.traits() != null && tree.warnings() != null, "traits or warnings are null");
            Expect.equal(FileKind.DIRECTORY, tree.root().kind(), "kind of the root");
            Expect.equal(FileKind.DIRECTORY, tree.details(tree.root()).kind(), "kind of the root, by its details");
        }
    }

    private void walks(VolumeDevice volume) throws ImagingException {
        List<String> first = walk(volume);
        Expect.that(!first.isEmpty(), "the sample has no files");
        Expect.equal(first, walk(volume), "the second walk");
    }

    private List<String> walk(VolumeDevice volume) throws ImagingException {
        try (FileTree tree = tree(volume)) {
            return new TreeWalk(tree, MOST_NAMES, MOST_BYTES).run();
        }
    }

    private void finds(VolumeDevice volume) throws ImagingException {
        try (FileTree tree = tree(volume)) {
            FileNode root = tree.root();
            for (DirectoryEntry entry : entries(tree, root)) {
                Optional<DirectoryEntry> found = tree.find(root, entry.name().text());
                Expect.that(found.isPresent(), "\"%s\" is listed and not found", entry.name());
                Expect.equal(entry.node().id(), found.get().node().id(), "node of \"" + entry.name() + "\"");
            }
            Expect.that(tree.find(root, "no such name, is there").isEmpty(), "a name is found that is not there");
        }
    }

    private static List<DirectoryEntry> entries(FileTree tree, FileNode directory) throws ImagingException {
        List<DirectoryEntry> entries = new ArrayList<>();
        try (DirectoryCursor cursor = tree.list(directory)) {
            while (cursor.next() && entries.size() < MOST_NAMES) {
                entries.add(cursor.entry());
            }
            Expect.that(entries.size() == MOST_NAMES || !cursor.next(), "a pass goes on behind its end");
        }
        return entries;
    }

    private void threads(VolumeDevice volume) throws Exception {
        List<String> expected = walk(volume);
        Threads.together(thread -> Expect.equal(expected, walk(volume), "the walk of thread " + thread));
    }

    private void misuse(VolumeDevice volume) throws ImagingException {
        try (FileTree tree = tree(volume)) {
            Expect.fails(IllegalArgumentException.class, "opening a directory", () -> tree.open(tree.root()));
            Expect.fails(IllegalArgumentException.class, "the target of a directory", () -> tree.target(tree.root()));
            for (DirectoryEntry entry : entries(tree, tree.root())) {
                if (entry.node().kind() == FileKind.FILE) {
                    Expect.fails(IllegalArgumentException.class, "listing a file", () -> tree.list(entry.node()));
                    return;
                }
            }
        }
    }

    private void closes(VolumeDevice volume) throws ImagingException {
        FileTree tree = tree(volume);
        DirectoryCursor cursor = tree.list(tree.root());
        cursor.next();
        cursor.close();
        cursor.close();
        FileNode root = tree.root();
        tree.close();
        tree.close();
        Expect.failsSomehow("listing with a closed tree", () -> tree.list(root).next());
        Expect.failsSomehow("details of a closed tree", () -> tree.details(root));
        Expect.that(volume.length() >= 0 && reader.open(volume, ReadingOptions.standard()).isPresent(), "closing a tree closed its volume");
    }

    /** Lets each of the first reads fail: an error must come of it, or the right tree. */
    private void readErrors(VolumeSource source) throws Exception {
        Answer expected;
        try (VolumeDevice volume = VolumeDevice.of(source.open())) {
            expected = ask(volume, "as it is");
        }
        for (int reads = 0; reads < 20; reads++) {
            try (ChangedVolume volume = new ChangedVolume(source.open())) {
                volume.failReadsAfter(reads);
                Answer answer = ask(volume, "whose reads fail after " + reads);
                Expect.that(answer.failed() || answer.equals(expected), "when reads fail after %d, no error says so", reads);
            }
        }
    }

    private void shorter(VolumeDevice volume) throws ImagingException {
        byte[] begin = new byte[(int) Math.min(volume.length(), 1 << 20)];
        volume.read(0, ByteBuffer.wrap(begin));
        for (int length : List.of(1, 511, 512, 513, 1024, 4096, 8192, 65_536, begin.length / 2, begin.length - 1)) {
            if (length > 0 && length < begin.length) {
                ask(VolumeDevice.of(new MemoryDevice(Arrays.copyOf(begin, length))), "cut to " + length + " bytes");
            }
        }
    }

    private void changed(VolumeSource source) throws Exception {
        try (ChangedVolume volume = new ChangedVolume(source.open())) {
            for (int seed = 0; seed < FLIPS; seed++) {
                Random random = new Random(seed);
                long dense = Math.min(volume.length(), DENSE);
                long at = seed < FLIPS / 4 ? seed * 7L % Math.min(dense, 512)
                        : (long) (random.nextDouble() * (seed % 2 == 0 ? dense : volume.length()));
                byte value = (byte) random.nextInt();
                volume.patch(at, value);
                ask(volume, "with byte " + at + " set to " + value);
            }
        }
    }

    private void random() throws Exception {
        for (int length : List.of(1, 100, 511, 512, 513, 1024, 4096, 65_536, 1_000_000)) {
            notMine(new byte[length], "of " + length + " zeros");
            for (int seed = 0; seed < 10; seed++) {
                notMine(Content.random(length, seed), "of " + length + " random bytes, seed " + seed);
            }
        }
    }

    private void notMine(byte[] bytes, String what) {
        Answer answer = ask(VolumeDevice.of(new MemoryDevice(bytes)), what);
        Expect.that(answer.lines().isEmpty(), "a device %s is taken for one of its own", what);
    }

    /** What came of it: an error, "not mine" (no lines), or lines with errors among them or without. */
    private record Answer(boolean failed, Optional<List<String>> lines) {
    }

    /** Returns the answer; no exception but an ImagingException may come instead. */
    private Answer ask(VolumeDevice volume, String how) {
        try {
            Optional<FileTree> found = reader.open(volume, ReadingOptions.standard());
            if (found.isEmpty()) {
                return new Answer(false, Optional.empty());
            }
            try (FileTree tree = found.get()) {
                TreeWalk walk = new TreeWalk(tree, MOST_NAMES_OF_DAMAGED, MOST_BYTES_OF_DAMAGED);
                List<String> lines = walk.run();
                return new Answer(walk.errors() > 0, Optional.of(lines));
            }
        } catch (FileSystemException | DeviceException e) {
            return new Answer(true, Optional.empty());
        } catch (ImagingException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("volume " + how + ": expected a FileSystemException or DeviceException at most, found " + e, e);
        }
    }
}
