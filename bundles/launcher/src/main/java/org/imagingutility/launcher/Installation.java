package org.imagingutility.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Installs and starts the bundles of a profile. One that cannot be had must not stop the others. */
final class Installation {
    private final Profile profile;
    private final List<String> problems = new ArrayList<>();

    Installation(Profile profile) {
        this.profile = profile;
    }

    /** Returns one line for each bundle that is left out or does not start. */
    List<String> problems() {
        return problems;
    }

    void install(BundleContext context) {
        for (Path bundle : profile.bundles()) {
            try {
                context.installBundle((profile.keepsBundles() ? "reference:" : "") + bundle.toUri());
            } catch (BundleException e) {
                problems.add("\"" + bundle + "\" is left out: " + e.getMessage());
            }
        }
    }

    /** Starts {@code bundles}, but fragments and libraries. */
    void start(Bundle[] bundles) {
        for (Bundle bundle : bundles) {
            if (bundle.getBundleId() != 0 && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null
                    && !profile.libraries().contains(bundle.getSymbolicName())) {
                try {
                    bundle.start(Bundle.START_TRANSIENT);
                } catch (BundleException e) {
                    problems.add("bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
                }
            }
        }
    }
}
