package org.imagingutility.launcher.framework;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.launcher.acceptance.Gate;
import org.imagingutility.launcher.profile.Profile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Installs and starts the bundles of a profile. One that cannot be had must not stop the others. */
final class Installation {
    private final Profile profile;
    /** Refuses bundles; null if all are accepted. */
    private final Gate gate;
    private final List<String> problems = new ArrayList<>();

    Installation(Profile profile, Gate gate) {
        this.profile = profile;
        this.gate = gate;
    }

    /** Returns one line for each bundle that is left out or does not start. */
    List<String> problems() {
        return problems;
    }

    void install(BundleContext context) {
        // what is accepted must not change afterwards, so it is copied
        boolean inPlace = profile.keepsBundles() && gate == null;
        for (Path bundle : profile.bundles()) {
            try {
                context.installBundle((inPlace ? "reference:" : "") + bundle.toUri());
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
                    if (gate != null && gate.refusal(bundle).isPresent()) {
                        continue; // told by the gate
                    }
                    problems.add("bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
                }
            }
        }
    }
}
