package org.imagingutility.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.snapshot.SharingFileSystem;
import org.ops4j.pax.exam.Option;

/** Options that the container tests share: the bundles of the built distribution and a sample volume. */
final class ContainerOptions {
    /** System property with the path of the raw sample volume. */
    static final String VOLUME = "itests.volume";
    /** System property with a folder for the files of a test. */
    static final String FOLDER = "itests.folder";
    /** System property with the folder of a file system that shares blocks between files; not set if there can be none here. */
    static final String SHARING = "itests.sharing";
    private static final String FIXTURE = "ntfs-bitmap-runs";

    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String reason) {
            super(reason);
        }
    }

    private ContainerOptions() {
    }

    /** Returns options for the bundles of {@code bundles/} that are {@code wanted} by file name, and those of the shell. */
    static Option[] distribution(String test, Predicate<String> wanted) {
        List<Option> options = new ArrayList<>();
        for (Path jar : Built.bundles()) {
            if (wanted.test(jar.getFileName().toString())) {
                options.add(bundle(jar.toUri().toString()));
            }
        }
        for (Path jar : Built.shellBundles()) {
            // started, this one opens a shell of its own on the terminal
            boolean library = jar.getFileName().toString().startsWith("org.apache.felix.gogo.jline");
            options.add(bundle(jar.toUri().toString()).start(!library));
        }
        Path folder = Built.newFolder(test);
        options.add(systemProperty(FOLDER).value(folder.toString()));
        options.add(systemProperty("imaging.data").value(folder.resolve("data").toString()));
        options.add(systemProperty(VOLUME).value(Fixtures.unpack(FIXTURE, folder).toString()));
        options.add(junitBundles());
        options.add(cleanCaches());
        return options.toArray(Option[]::new);
    }

    /**
     * Returns the options with a file system that shares blocks between files, which is unmounted when the tests are through.
     * Where there can be none, {@link #SHARING} is not set, and the reason is printed.
     */
    static Option[] withSharing(String test, Option[] options) throws IOException {
        List<Option> all = new ArrayList<>(List.of(options));
        try {
            SharingFileSystem mounted = SharingFileSystem.mount(Built.newFolder(test), reason -> {
                throw new Missing(reason);
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> unmount(mounted)));
            all.add(systemProperty(SHARING).value(mounted.folder().toString()));
        } catch (Missing e) {
            System.getLogger(ContainerOptions.class.getName()).log(System.Logger.Level.WARNING, "no snapshots are tried: {0}",
                    e.getMessage());
        }
        return all.toArray(Option[]::new);
    }

    private static void unmount(SharingFileSystem mounted) {
        try {
            mounted.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
