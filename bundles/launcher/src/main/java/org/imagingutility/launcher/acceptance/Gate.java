package org.imagingutility.launcher.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps bundles that the policy does not accept from being resolved, by a hook of the resolver: whoever installs or
 * updates a bundle, no class of it is ever loaded. Refused bundles stay installed; who is refused and why can be asked,
 * and is published as a service {@code Supplier<List<Map<String, String>>>} with property {@code imaging.refused=true},
 * an interface of the JDK because launcher and bundles share no class.
 *
 * <p>Only what lies in the framework's cache is accepted: a bundle installed by reference could be changed after it was
 * looked at. Extensions of the framework are not resolved like other bundles, so none is accepted. Safe for several threads.
 */
public final class Gate implements ResolverHookFactory, ResolverHook, Supplier<List<Map<String, String>>> {
    /** Property of the service, and its value. */
    static final String PROPERTY = "imaging.refused";
    /** A system property of Felix, read when its classes are loaded. */
    private static final String NO_EXTENSIONS = "felix.extensions.disable";
    private final KnownJars jars;
    private final Path cache;
    private final Map<BundleRevision, Verdict> verdicts = Collections.synchronizedMap(new WeakHashMap<>());
    private volatile BundleContext context;
    private volatile Consumer<String> listener = line -> { };

    /**
     * Creates the gate of one container. Must be done before the first class of the framework is loaded.
     *
     * @param cache the folder of the framework's cache
     * @param memory a file in which to remember what was accepted, or null
     */
    public Gate(Policy policy, Path cache, Path memory, Clock clock) throws IOException {
        this.jars = new KnownJars(policy, memory, clock);
        this.cache = cache.toAbsolutePath().normalize();
        System.setProperty(NO_EXTENSIONS, "true");
    }

    /** Begins to withhold bundles; {@code context} is that of the framework, initialised, with nothing resolved. */
    public void close(BundleContext framework) {
        context = framework;
        Hashtable<String, Object> properties = new Hashtable<>(Map.of(PROPERTY, "true"));
        framework.registerService(ResolverHookFactory.class, this, null);
        framework.registerService(Supplier.class, this, properties);
    }

    /** From now on {@code listener} is told one line for each bundle that is refused again. */
    public void tell(Consumer<String> newListener) {
        listener = newListener;
    }

    /** Returns why the present content of {@code bundle} is refused, or nothing if it is accepted. */
    public Optional<String> refusal(Bundle bundle) {
        BundleRevision revision = bundle.getBundleId() == 0 ? null : bundle.adapt(BundleRevision.class);
        Verdict verdict = revision == null ? null : verdict(revision);
        return verdict == null || verdict.accepted() ? Optional.empty() : Optional.of(verdict.reason());
    }

    /** Returns for each refused bundle {@code bundle}, {@code version}, {@code id}, {@code location} and {@code reason}. */
    @Override
    public List<Map<String, String>> get() {
        List<Map<String, String>> refused = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            refusal(bundle).ifPresent(reason -> refused.add(Map.of("bundle", name(bundle), "version", bundle.getVersion().toString(),
                    "id", Long.toString(bundle.getBundleId()), "location", bundle.getLocation(), "reason", reason)));
        }
        return refused;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        for (BundleRevision trigger : triggers) {
            if (isRefused(trigger)) {
                throw new IllegalStateException("bundle " + name(trigger.getBundle()) + " is refused: " + verdict(trigger).reason());
            }
        }
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // Felix 7.0.5 takes a shorter list for the only bundles that may be used, and then misses those that are resolved
        // already, the framework among them. So begin forbids to resolve a refused bundle, filterMatches to use one.
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // a refused singleton is no candidate, so it collides with none
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        // a refused fragment finds no host
        if (isRefused(requirement.getRevision())) {
            candidates.clear();
        } else {
            candidates.removeIf(capability -> isRefused(capability.getRevision()));
        }
    }

    @Override
    public void end() {
        // nothing is kept for one resolution
    }

    /** Returns those of {@code bundles} that may be resolved; to resolve others with them fails for all. */
    public List<Bundle> accepted(Bundle... bundles) {
        return Stream.of(bundles).filter(bundle -> refusal(bundle).isEmpty()).toList();
    }

    private boolean isRefused(BundleRevision revision) {
        return revision.getBundle().getBundleId() != 0 && !verdict(revision).accepted();
    }

    private Verdict verdict(BundleRevision revision) {
        Verdict verdict = verdicts.get(revision);
        if (verdict == null) {
            // not within a lock: the framework holds its own here, and may be asked by the check
            verdict = RevisionFile.of(revision).map(this::check)
                    .orElseGet(() -> Verdict.refused("it is no jar, and only a jar can be signed"));
            verdicts.put(revision, verdict);
            tell(revision.getBundle(), verdict);
        }
        return verdict;
    }

    private Verdict check(Path file) {
        return file.toAbsolutePath().normalize().startsWith(cache) ? jars.check(file)
                : Verdict.refused("installed by reference: what was looked at could be changed afterwards");
    }

    private void tell(Bundle bundle, Verdict verdict) {
        if (!verdict.accepted()) {
            listener.accept("bundle " + name(bundle) + " " + bundle.getVersion() + " (" + bundle.getLocation() + ") is refused: "
                    + verdict.reason());
        }
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    }
}
