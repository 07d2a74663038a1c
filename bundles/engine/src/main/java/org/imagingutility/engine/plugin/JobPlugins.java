package org.imagingutility.engine.plugin;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.guard.CarriedException;

/**
 * The plug-ins as one job sees them. What the job gets here it uses, and a plug-in in use is not stopped before the job has
 * let go of it.
 *
 * <p>A codec is exchanged while the job continues ({@link SwappingCodec}). For all else the job is made of parts that can be
 * done again ({@link #lasting}): when a plug-in of a part leaves, the job's monitor says that it is cancelled, the part ends
 * as it would then, closing all it has opened, and begins again when a plug-in of that name is there. Parts lie in one
 * another: a device stays open while the place of the image is being replaced.
 *
 * <p>All but codecs are asked for by the thread that runs the job.
 */
public final class JobPlugins extends Plugins implements AutoCloseable {
    /** How often a part that keeps nothing is begun: whoever replaces plug-ins more often than that would never see its end. */
    private static final int MOST_BEGINNINGS = 20;

    private final JobWatch watch;
    private final Optional<Duration> patience;
    private final List<PluginScope> scopes = new CopyOnWriteArrayList<>();
    private final Map<String, String> chosen = new HashMap<>();
    /** What ended a part for good: parts around it end as well, unless a plug-in of theirs leaves. */
    private Throwable judged;
    /** What parts of the job have needed so far. */
    private final Set<PluginScope.Need> needs = new LinkedHashSet<>();
    private final Map<Integer, SwappingCodec> codecs = new ConcurrentHashMap<>();
    /** The codecs that the job's images name, by wire id. */
    private final Map<Integer, String> expected = new ConcurrentHashMap<>();
    private final Refusals refusals;
    private final PassedOver passedOver;
    /** Null for that of the plug-ins that are there. */
    private Opener opener;

    /** A part of a job that can be done again from its begin. */
    @FunctionalInterface
    public interface Part<T> {
        /** Does it. Whatever was opened is closed when this returns or throws. */
        T run() throws ImagingException;
    }

    /** Opens the devices that a job reads. */
    @FunctionalInterface
    public interface Opener {
        /** Opens one; whoever called for it closes it. */
        Device open(String reference) throws ImagingException;
    }

    /** Creates the view of a job that {@code monitor} belongs to. */
    public JobPlugins(Plugins installed, JobMonitor monitor) {
        this(installed, monitor, Optional.empty());
    }

    /** Creates it for something that has no time to wait for plug-ins. */
    public static JobPlugins hasty(Plugins installed) {
        return new JobPlugins(installed, JobMonitor.NONE, Optional.of(Duration.ZERO));
    }

    private JobPlugins(Plugins installed, JobMonitor monitor, Optional<Duration> patience) {
        super(installed);
        this.watch = new JobWatch(monitor, this::interrupted);
        this.refusals = new Refusals(watch);
        this.passedOver = new PassedOver(watch);
        this.patience = patience;
    }

    /** Returns the monitor that the job is to tell and to ask. */
    public JobWatch monitor() {
        return watch;
    }

    /**
     * Has devices opened in another way from now on, in the thread that runs the job.
     *
     * @param other that way; null for the usual one
     */
    public void openDevicesBy(Opener other) {
        opener = other;
    }

    @Override
    public Device openDevice(String reference) throws ImagingException {
        return opener == null ? super.openDevice(reference) : opener.open(reference);
    }

    @Override
    public boolean interrupted() {
        if (changes().closed()) {
            return true;
        }
        for (PluginScope scope : scopes) {
            if (scope.interrupted()) {
                return true;
            }
        }
        return false;
    }

    /** Says whether what is being interrupted will be resumed: nobody asked the job to stop. */
    public boolean goesOn() {
        return interrupted() && !changes().closed() && !watch.cancelledByCaller();
    }

    /**
     * Does a part of the job, again from its begin each time a plug-in it uses leaves. The part keeps what it has done.
     *
     * @throws PluginGoneException if no replacement came in time
     */
    public <T> T lasting(Part<T> part) throws ImagingException {
        return repeated(part, cause -> { });
    }

    /**
     * Does a part of the job that keeps nothing of what it has done when a plug-in it uses leaves. The user is told each time
     * it starts over, and it does not for ever.
     *
     * @param what the part, for the user: {@code the export}
     * @throws PluginGoneException if no replacement came in time, or replacements came more often than the part is begun
     */
    public <T> T anew(String what, Part<T> part) throws ImagingException {
        int[] begun = {1};
        return repeated(part, cause -> {
            if (begun[0]++ == MOST_BEGINNINGS) {
                PluginGoneException often = new PluginGoneException(cause.kind(), cause.name(), what + " was begun "
                        + MOST_BEGINNINGS + " times and each time a plug-in was taken from it");
                judged = often;
                throw often;
            }
            watch.notice(what + " begins anew: " + cause + " was replaced");
        });
    }

    /** Told before a part is done again. */
    private interface Again {
        void because(PluginScope.Cause cause) throws ImagingException;
    }

    private <T> T repeated(Part<T> part, Again again) throws ImagingException {
        while (true) {
            PluginScope scope = new PluginScope(watch);
            scopes.add(scope);
            Optional<PluginScope.Cause> cause = Optional.empty();
            try {
                return part.run();
            } catch (ImagingException | RuntimeException | LinkageError e) {
                // what this job needed before, in this part or another, may be away when it is asked for again
                cause = scope.cause().or(() -> e == judged ? Optional.empty() : firstMissing().map(PluginScope.Need::cause));
                if (cause.isEmpty() || changes().closed() || watch.cancelledByCaller()) {
                    throw ended(e);
                }
            } finally {
                needs.addAll(scope.needs());
                scopes.remove(scope);
                // whatever was opened is closed by now
                scope.close();
            }
            awaitAll();
            again.because(cause.get());
        }
    }

    private ImagingException ended(Throwable e) {
        judged = e;
        ImagingException end = end(e);
        judged = end;
        return end;
    }

    private ImagingException end(Throwable e) {
        if (changes().closed() && !watch.cancelledByCaller()) {
            PluginGoneException gone = new PluginGoneException("engine", "imaging", "it was stopped itself");
            gone.addSuppressed(e);
            return gone;
        }
        if (e instanceof CarriedException carrier) {
            return carrier.reason();
        }
        if (e instanceof ImagingException known) {
            return known;
        }
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (LinkageError) e;
    }

    /**
     * Says that the plug-in that answers for {@code subject} now does not fit in the place of the one that did before. The
     * part of the job that is begun now ends, and waits for another one.
     *
     * @param set the kind
     * @param subject what was asked about
     * @param reason what does not fit
     * @return what to throw
     */
    public CancelledException refuse(PluginSet<?> set, String subject, String reason) {
        String name = chosen.get(set.kind() + " of " + subject);
        set.entries().stream().filter(entry -> entry.name().equals(name) && takes(entry)).findFirst()
                .ifPresent(entry -> refuse(entry, reason));
        scopes.get(scopes.size() - 1).lacks(new PluginScope.Cause(set.kind(), name == null ? subject : name));
        return new CancelledException("waiting for another " + set.kind());
    }

    void refuse(PluginEntry<?> entry, String reason) {
        refusals.add(entry, reason);
    }

    boolean takes(PluginEntry<?> entry) {
        return !entry.leaving() && !refusals.contains(entry);
    }

    @Override
    public <P, R> Optional<R> ask(PluginSet<P> set, String subject, Question<P, R> question) throws ImagingException {
        String key = set.kind() + " of " + subject;
        String name = chosen.get(key);
        PluginScope scope = scopes.get(scopes.size() - 1);
        Set<String> asked = new HashSet<>();
        PluginException fault = null;
        for (PluginEntry<P> entry : set.entries()) {
            if (name != null && !entry.name().equals(name) || !takes(entry)) {
                continue;
            }
            Optional<PluginUse<P>> use = scope.begin(entry);
            Optional<R> answer = Optional.empty();
            try {
                if (use.isPresent()) {
                    answer = question.ask(entry.plugin());
                }
            } catch (PluginException | CarriedException e) {
                if (interrupted()) {
                    throw e;
                }
                fault = passedOver.add(entry, e);
            } finally {
                if (answer.isEmpty() && use.isPresent()) {
                    scope.drop(use.get());
                }
            }
            if (answer.isPresent()) {
                chosen.put(key, entry.name());
                scope.need(set, entry.name());
                return answer;
            }
            if (use.isPresent()) {
                asked.add(entry.name());
            }
        }
        for (PluginScope.Need need : needs) {
            if (need.set() == set && (name == null || need.name().equals(name)) && !asked.contains(need.name())) {
                scope.lacks(need.cause());
                break;
            }
        }
        // what no allocator knows is taken whole; else nobody can stand in for the one that failed
        if (fault != null && set != allocators()) {
            throw fault;
        }
        return Optional.empty();
    }

    @Override
    <P> P named(PluginSet<P> set, String wanted) throws UsageException {
        PluginScope scope = scopes.get(scopes.size() - 1);
        for (PluginEntry<P> entry : set.entries()) {
            if (entry.name().equals(wanted) && takes(entry) && scope.begin(entry).isPresent()) {
                scope.need(set, wanted);
                return entry.plugin();
            }
        }
        PluginScope.Need need = new PluginScope.Need(set, wanted);
        if (needs.contains(need)) {
            scope.lacks(need.cause());
        }
        throw none(set, wanted);
    }

    @Override
    <P> P first(PluginSet<P> set, BiPredicate<P, String> accepts, String kind, String reference) throws UsageException {
        try {
            return ask(set, reference, plugin -> accepts.test(plugin, reference) ? Optional.of(plugin) : Optional.<P>empty())
                    .orElseThrow(() -> unknown(kind, reference));
        } catch (UsageException e) {
            throw e;
        } catch (ImagingException e) {
            throw new CarriedException(e);
        }
    }

    @Override
    public Codec codecNamed(String name) throws UsageException {
        for (PluginEntry<Codec> entry : codecs().entries()) {
            if (entry.name().equals(name) && takes(entry)) {
                return swapping(entry);
            }
        }
        for (SwappingCodec known : codecs.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return super.codecNamed(name);
    }

    private SwappingCodec swapping(PluginEntry<Codec> first) {
        SwappingCodec made = new SwappingCodec(this, first);
        SwappingCodec known = codecs.putIfAbsent(made.wireId(), made);
        return known == null ? made : known;
    }

    @Override
    public void expectCodec(ImageSpec spec) {
        expected.put(spec.codecWireId(), spec.codecName());
        codecs.computeIfPresent(spec.codecWireId(), (wireId, codec) -> codec.name().equals(spec.codecName()) ? codec : null);
    }

    @Override
    public Codec codecByWireId(int wireId, String neededBy) throws PluginMissingException {
        SwappingCodec known = codecs.get(wireId);
        if (known != null) {
            return known;
        }
        String name = expected.get(wireId);
        for (PluginEntry<Codec> entry : name == null ? codecs().entries() : codecs().sound()) {
            if (takes(entry) && entry.plugin().wireId() == wireId && (name == null || entry.name().equals(name))) {
                return swapping(entry);
            }
        }
        throw missing(name == null ? "wire id " + wireId : name + " (wire id " + wireId + ")", neededBy);
    }

    /**
     * Waits until {@code there} finds something.
     *
     * @throws PluginGoneException if that takes too long, or the engine is going
     * @throws CancelledException if the job, or what waits here, is to stop
     */
    <T> T await(String kind, String name, Supplier<Optional<T>> there) throws ImagingException {
        return new ReplacementWait(kind, name, watch, changes()).until(there, patience, refusals::lastOf);
    }

    private Optional<PluginScope.Need> firstMissing() {
        return needs.stream().filter(need -> !there(need)).findFirst();
    }

    private boolean there(PluginScope.Need need) {
        return need.set().entries().stream().anyMatch(entry -> entry.name().equals(need.name()) && takes(entry));
    }

    private void awaitAll() throws ImagingException {
        watch.begin();
        try {
            awaitEach();
        } catch (ImagingException e) {
            judged = e;
            throw e;
        }
    }

    private void awaitEach() throws ImagingException {
        for (Optional<PluginScope.Need> missing = firstMissing(); missing.isPresent(); missing = firstMissing()) {
            PluginScope.Need need = missing.get();
            await(need.set().kind(), need.name(), () -> there(need) ? Optional.of(need) : Optional.empty());
        }
    }

    /** Ends the job's view: it refuses nothing any more. */
    @Override
    public void close() {
        refusals.forget();
        passedOver.forget();
        codecs.clear();
    }
}
