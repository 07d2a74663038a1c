package org.imagingutility.itests;

import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is done to bundles while jobs run; each ends with all bundles active again that were so before. */
final class BundleSwaps {
    private static final int SECONDS = 60;

    private final BundleContext context;

    /** One way to replace a bundle. */
    enum Way {
        STOP_AND_START, UPDATE, REFRESH, UNINSTALL_AND_INSTALL
    }

    BundleSwaps(BundleContext context) {
        this.context = context;
    }

    /** Returns the installed bundle. */
    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    /** Replaces an active bundle and returns when all is as it was. */
    void swap(String symbolicName, Way way) throws Exception {
        Bundle bundle = bundle(symbolicName);
        Set<String> active = Arrays.stream(context.getBundles()).filter(each -> each.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName).collect(Collectors.toSet());
        switch (way) {
            case STOP_AND_START -> {
                bundle.stop();
                bundle.start();
            }
            case UPDATE -> {
                try (InputStream jar = URI.create(bundle.getLocation()).toURL().openStream()) {
                    bundle.update(jar);
                }
                refresh(List.of(bundle));
            }
            case REFRESH -> refresh(List.of(bundle));
            case UNINSTALL_AND_INSTALL -> {
                String location = bundle.getLocation();
                bundle.uninstall();
                Bundle again = context.installBundle(location);
                refresh(List.of(bundle, again));
                again.start();
            }
        }
        start(active);
    }

    private void start(Set<String> names) throws BundleException {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() != Bundle.ACTIVE && names.contains(bundle.getSymbolicName())) {
                bundle.start();
            }
        }
    }

    private void refresh(List<Bundle> bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        if (!done.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("refreshing " + bundles + " did not end");
        }
    }
}
