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
    private final File bndrun;
    private final Parameters bundles;

    RunBundles(File bndrun) throws IOException {
        this.bndrun = bndrun;
        if (!bndrun.isFile()) {
            throw new IOException("no file \"" + bndrun + "\"");
        }
        try (Processor processor = new Processor()) {
            processor.setProperties(bndrun);
            this.bundles = new Parameters(processor.mergeProperties(Constants.RUNBUNDLES), processor);
            if (!processor.getErrors().isEmpty()) {
                throw new IOException("\"" + bndrun + "\": " + processor.getErrors());
            }
        }
        if (bundles.isEmpty()) {
            throw new IOException("\"" + bndrun + "\" has no -runbundles: let bnd resolve it");
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
}
