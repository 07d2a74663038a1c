package org.imagingutility.engine.plugin.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
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
import org.imagingutility.engine.plugin.PluginEntry;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.PluginUse;
import org.imagingutility.engine.plugin.Plugins;

/**
 * The plug-ins as one job sees them. What the job gets here it uses, and a plug-in in use is not stopped before the job has
 * released it.
 *
 * <p>A codec is exchanged while the job continues ({@link SwappingCodec}). For all else the job consists of steps that can be
 * run again ({@link #runResumable}): when a plug-in of a step leaves, the job's monitor says that the job is cancelled, the step
 * ends as it would then, closing all it has opened, and runs again when a plug-in of that name is there. Steps lie in one
 * another: a device stays open while the image store is being replaced.
 *
 * <p>All plug-ins but codecs are asked for by the thread that runs the job.
 */
public final class JobPlugins extends Plugins implements AutoCloseable {
    private final SwapAwareMonitor monitor;
    private final RefusedPlugins refusals;
    private final FaultyPlugins passedOver;
    private final JobSteps steps;
    private final JobCodecs codecs;
    /** The names of the plug-ins that answered, by kind and subject. */
    private final Map<String, String> chosen = new HashMap<>();
    /** Null for that of the plug-ins that are there. */
    private Opener opener;

    /** A step of a job that can be run again from its beginning. */
    @FunctionalInterface
    public interface Step<T> {
        /** Runs it. Whatever was opened is closed when this returns or throws. */
        T run() throws ImagingException;
    }

    /** Opens the devices that a job reads. */
    @FunctionalInterface
    public interface Opener {
        /** Opens one; the caller closes it. */
        Device open(String reference) throws ImagingException;
    }

    /** Creates the view of the job that {@code monitor} belongs to. */
    public JobPlugins(Plugins installed, JobMonitor monitor) {
        this(installed, monitor, Optional.empty());
    }

    /** Creates the view of something that has no time to wait for plug-ins. */
    public static JobPlugins withoutWaiting(Plugins installed) {
        return withoutWaiting(installed, JobMonitor.NONE);
    }

    /** Creates such a view, whose monitor is told what the user should know. */
    public static JobPlugins withoutWaiting(Plugins installed, JobMonitor monitor) {
        return new JobPlugins(installed, monitor, Optional.of(Duration.ZERO));
    }

    private JobPlugins(Plugins installed, JobMonitor monitor, Optional<Duration> patience) {
        super(installed);
        this.monitor = new SwapAwareMonitor(monitor, this::interrupted);
        this.refusals = new RefusedPlugins(this.monitor);
        this.passedOver = new FaultyPlugins(this.monitor);
        ReplacementWait replacement = new ReplacementWait(this.monitor, changes(), patience, refusals);
        this.steps = new JobSteps(this.monitor, changes(), refusals, replacement);
        this.codecs = new JobCodecs(codecs(), this.monitor, refusals, replacement);
    }

    /** Returns the monitor that the job is to tell and to ask. */
    public SwapAwareMonitor monitor() {
        return monitor;
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
        return changes().closed() || steps.interrupted();
    }

    /** Says whether what is being interrupted will be resumed: nobody asked the job to stop. */
    public boolean willResume() {
        return interrupted() && !changes().closed() && !monitor.cancelledByCaller();
    }

    /**
     * Runs a step of the job, again from its beginning each time a plug-in that it uses leaves. The step keeps what it has done.
     *
     * @throws PluginGoneException if no replacement came in time
     */
    public <T> T runResumable(Step<T> step) throws ImagingException {
        return steps.runResumable(step);
    }

    /**
     * Runs a step of the job that keeps nothing of what it has done when a plug-in that it uses leaves. The user is told each
     * time it starts over, and after 20 runs it fails.
     *
     * @param what the step, for the user: {@code the export}
     * @throws PluginGoneException if no replacement came in time, or the last of the 20 runs was interrupted
     */
    public <T> T runRestartable(String what, Step<T> step) throws ImagingException {
        return steps.runRestartable(what, step);
    }

    /**
     * Says that the plug-in that answers for {@code subject} now does not fit in the place of the one that did before. The
     * step that runs now ends, and waits for another one. Where a plug-in of the step is leaving, or was away when it was asked for,
     * nothing is refused, since what was found out without it says nothing about those that are there: the step just ends.
     *
     * @param set the kind
     * @param subject what was asked about
     * @param reason what does not fit
     * @return what to throw
     */
    public CancelledException refuse(PluginSet<?> set, String subject, String reason) {
        if (interrupted()) {
            return new CancelledException("waiting for " + set.kind());
        }
        String name = chosen.get(set.kind() + " of " + subject);
        set.entries().stream().filter(entry -> entry.name().equals(name) && refusals.accepts(entry)).findFirst()
                .ifPresent(entry -> refusals.add(entry, reason));
        steps.scope().missing(new PluginScope.Cause(set.kind(), name == null ? subject : name));
        return new CancelledException("waiting for another " + set.kind());
    }

    @Override
    public <P, R> Optional<R> ask(PluginSet<P> set, String subject, Question<P, R> question) throws ImagingException {
        String key = set.kind() + " of " + subject;
        String name = chosen.get(key);
        PluginScope scope = steps.scope();
        Set<String> asked = new HashSet<>();
        PluginException fault = null;
        for (PluginEntry<P> entry : set.entries()) {
            if (name != null && !entry.name().equals(name) || !refusals.accepts(entry)) {
                continue;
            }
            Optional<PluginUse<P>> use = scope.begin(entry);
            Optional<R> answer = Optional.empty();
            try {
                if (use.isPresent()) {
                    answer = question.ask(entry.plugin());
                }
            } catch (PluginException | CarriedException e) {
                if (interrupted() || isOutOfMemory(e)) {
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
        steps.needed(set, name, asked).ifPresent(need -> scope.missing(need.cause()));
        // what no allocator knows is imaged as a whole; elsewhere nobody can stand in for the one that failed
        if (fault != null && set != allocators()) {
            throw fault;
        }
        return Optional.empty();
    }

    /** What is found out without enough memory is another answer than with enough: nobody stands in for who found none. */
    private static boolean isOutOfMemory(Exception e) {
        Throwable known = e instanceof CarriedException carried ? carried.reason() : e;
        return known instanceof PluginException plugin && plugin.isOutOfMemory();
    }

    @Override
    protected <P> P named(PluginSet<P> set, String wanted) throws UsageException {
        PluginScope scope = steps.scope();
        for (PluginEntry<P> entry : set.entries()) {
            if (entry.name().equals(wanted) && refusals.accepts(entry) && scope.begin(entry).isPresent()) {
                scope.need(set, wanted);
                return entry.plugin();
            }
        }
        steps.needed(set, wanted, Set.of()).ifPresent(need -> scope.missing(need.cause()));
        throw none(set, wanted);
    }

    @Override
    protected <P> P first(PluginSet<P> set, BiPredicate<P, String> accepts, String kind, String reference) throws UsageException {
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
        Optional<Codec> codec = codecs.named(name);
        return codec.isPresent() ? codec.get() : super.codecNamed(name);
    }

    @Override
    public void expectAllocator(String name) {
        steps.expect(new PluginScope.Need(allocators(), name));
    }

    @Override
    public void expectCodec(ImageSpec spec) {
        codecs.expect(spec);
    }

    @Override
    public Codec codecByWireId(int wireId, String neededBy) throws PluginMissingException {
        Optional<Codec> codec = codecs.byWireId(wireId);
        if (codec.isPresent()) {
            return codec.get();
        }
        throw missing(codecs.describe(wireId), neededBy);
    }

    /** Ends the job's view: it refuses nothing any more. */
    @Override
    public void close() {
        refusals.clear();
        passedOver.clear();
        codecs.clear();
    }
}
