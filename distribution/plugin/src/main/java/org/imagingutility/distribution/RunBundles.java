package org.imagingutility.distribution;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Processor;
import aQute.bnd.version.Version;
import aQute.bnd.version.VersionRange;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The bundles that a {@code .bndrun} file was resolved to, found among artifacts. */
final class RunBundles {
    /** Names bundles that only some commands can need, {@code SYMBOLIC-NAME;commands="NAME,NAME"}; other commands start sooner without them. */
    private static final String ONLY_FOR = "imaging.only-for";
    private static final String COMMANDS = "commands";
    private final File bndrun;
    private final Parameters bundles;
    private final Parameters onlyFor;

    RunBundles(File bndrun) throws IOException {
        this.bndrun = bndrun;
        if (!bndrun.isFile()) {
            throw new IOException("no file \"" + bndrun + "\"");
        }
        try (Processor processor = new Processor()) {
            processor.setProperties(bndrun);
            this.bundles = new Parameters(processor.mergeProperties(Constants.RUNBUNDLES), processor);
            this.onlyFor = new Parameters(processor.mergeProperties(ONLY_FOR), processor);
            if (!processor.getErrors().isEmpty()) {
                throw new IOException("\"" + bndrun + "\": " + processor.getErrors());
            }
        }
        if (bundles.isEmpty()) {
            throw new IOException("\"" + bndrun + "\" has no -runbundles: let bnd resolve it");
        }
        for (Map.Entry<String, Attrs> bundle : onlyFor.entrySet()) {
            if (!bundles.containsKey(bundle.getKey()) || bundle.getValue().get(COMMANDS) == null) {
                throw new IOException("\"" + bndrun + "\": " + ONLY_FOR + " must name bundles of -runbundles and their " + COMMANDS);
            }
        }
    }

    /**
     * Returns the jar of each bundle, in the order of the file.
     *
     * @throws IOException if a bundle is not among {@code artifacts}
     */
    List<Shipped> among(Collection<Shipped> artifacts) throws IOException {
        List<Shipped> found = new ArrayList<>();
        for (Map.Entry<String, Attrs> bundle : bundles.entrySet()) {
            String range = bundle.getValue().getVersion();
            found.add(artifacts.stream().filter(artifact -> bundle.getKey().equals(artifact.symbolicName())
                            && (range == null || new VersionRange(range).includes(Version.parseVersion(artifact.bundleVersion()))))
                    .findFirst()
                    .orElseThrow(() -> new IOException("\"" + bndrun + "\": bundle " + bundle.getKey() + " " + range
                            + " is no dependency of this project")));
        }
        return found;
    }

    /** Returns the lines of {@code lib/only-for.properties}, which the launcher reads: of a jar, the commands that can need it. */
    List<String> onlyFor(Collection<Shipped> artifacts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Shipped jar : among(artifacts)) {
            Attrs attributes = onlyFor.get(jar.symbolicName());
            if (attributes != null) {
                lines.add(jar.fileName() + " = " + String.join(" ", attributes.get(COMMANDS).strip().split("\\s*,\\s*")));
            }
        }
        return lines;
    }
}
