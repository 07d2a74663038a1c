package org.imagingutility.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.imagingutility.fixtures.Fixtures;
import org.ops4j.pax.exam.Option;

/** Options that the container tests share: the bundles of the built distribution and a sample volume. */
final class ContainerOptions {
    /** System property with the path of the raw sample volume. */
    static final String VOLUME = "itests.volume";
    /** System property with a folder for the files of a test. */
    static final String FOLDER = "itests.folder";
    private static final String FIXTURE = "ntfs-bitmap-runs";

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
}
