package org.imagingutility.shell.interactive;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Version;

/** As much of a container as the shell asks for: bundles with numbers, and who listens to them. */
public final class FakeContext {
    public final Map<Long, FakeBundle> bundles = new TreeMap<>();
    final List<BundleListener> listeners = new ArrayList<>();
    final Map<String, String> properties = new HashMap<>();

    /** A bundle; where {@code problem} is not null it does not start. */
    public static final class FakeBundle {
        public final long id;
        final String location;
        public volatile int state = Bundle.INSTALLED;
        volatile String problem;
        public volatile String name;

        FakeBundle(long id, String location) {
            this.id = id;
            this.location = location;
        }

        Bundle asBundle() {
            return (Bundle) Proxy.newProxyInstance(FakeContext.class.getClassLoader(), new Class<?>[] {Bundle.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getBundleId" -> id;
                        case "getLocation" -> location;
                        case "getState" -> state;
                        case "getSymbolicName" -> name == null ? "bundle" + id : name;
                        case "stop" -> {
                            state = Bundle.RESOLVED;
                            yield null;
                        }
                        case "uninstall" -> {
                            state = Bundle.UNINSTALLED;
                            yield null;
                        }
                        case "update" -> null;
                        case "getVersion" -> new Version(1, 2, 3);
                        case "getHeaders" -> new Hashtable<String, String>();
                        case "start" -> {
                            if (problem != null) {
                                throw new BundleException(problem);
                            }
                            state = Bundle.ACTIVE;
                            yield null;
                        }
                        default -> throw new UnsupportedOperationException(method.toString());
                    });
        }
    }

    public FakeBundle bundle(long id, String location) {
        FakeBundle bundle = new FakeBundle(id, location);
        bundles.put(id, bundle);
        return bundle;
    }

    void tell(int type, FakeBundle bundle) {
        listeners.forEach(listener -> listener.bundleChanged(new BundleEvent(type, bundle.asBundle())));
    }

    public BundleContext asContext() {
        return (BundleContext) Proxy.newProxyInstance(FakeContext.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundle" -> bundles.containsKey(arguments[0]) ? bundles.get(arguments[0]).asBundle() : null;
                    case "getBundles" -> bundles.values().stream().map(FakeBundle::asBundle).toArray(Bundle[]::new);
                    case "getProperty" -> properties.get(arguments[0]);
                    case "addBundleListener" -> listeners.add((BundleListener) arguments[0]) ? null : null;
                    case "removeBundleListener" -> listeners.remove(arguments[0]) ? null : null;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
