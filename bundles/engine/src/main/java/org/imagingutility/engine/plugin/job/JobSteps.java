package org.imagingutility.engine.plugin.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.engine.guard.CarriedException;
import org.imagingutility.engine.plugin.Changes;
import org.imagingutility.engine.plugin.PluginSet;

/**
 * Runs the steps of a job, again from the beginning of a step each time a plug-in that it uses leaves and is replaced. Steps lie
 * in one another. Run by the thread that runs the job; {@link #interrupted} may be asked by any.
 */
final class JobSteps {
    /** How often a step that keeps nothing is run: with plug-ins replaced more often than that it would never be done. */
    private static final int MOST_RUNS = 20;

    private final SwapAwareMonitor monitor;
    private final Changes changes;
    private final RefusedPlugins refusals;
    private final ReplacementWait replacement;
    private final List<PluginScope> scopes = new CopyOnWriteArrayList<>();
    /** What steps of the job have needed so far, and what it said to need. */
    private final Set<PluginScope.Need> needs = new LinkedHashSet<>();
    /** What ended a step for good: steps around it end as well, unless a plug-in of theirs leaves. */
    private Throwable finalError;

    JobSteps(SwapAwareMonitor monitor, Changes changes, RefusedPlugins refusals, ReplacementWait replacement) {
        this.monitor = monitor;
        this.changes = changes;
        this.refusals = refusals;
        this.replacement = replacement;
    }

    /** Returns the plug-ins that the innermost step works with. */
    PluginScope scope() {
        return scopes.get(scopes.size() - 1);
    }

    /** Says whether a plug-in that one of the steps works with is leaving, or was not there or refused. */
    boolean interrupted() {
        for (PluginScope scope : scopes) {
            if (scope.interrupted()) {
                return true;
            }
        }
        return false;
    }

    /** Says that the job needs a plug-in from now on. */
    void expect(PluginScope.Need need) {
        needs.add(need);
    }

    /** Returns a plug-in of {@code set} that an earlier step needed: of that name, if one is given, and not among {@code asked}. */
    Optional<PluginScope.Need> needed(PluginSet<?> set, String name, Set<String> asked) {
        for (PluginScope.Need need : needs) {
            if (need.set() == set && (name == null || need.name().equals(name)) && !asked.contains(need.name())) {
                return Optional.of(need);
            }
        }
        return Optional.empty();
    }

    /** Told before a step is run again. */
    private interface Repetition {
        void because(PluginScope.Cause cause) throws ImagingException;
    }

    /** See {@link JobPlugins#runResumable}. */
    <T> T runResumable(JobPlugins.Step<T> step) throws ImagingException {
        return run(step, cause -> { });
    }

    /** See {@link JobPlugins#runRestartable}. */
    <T> T runRestartable(String what, JobPlugins.Step<T> step) throws ImagingException {
        int[] runs = {1};
        return run(step, cause -> {
            if (runs[0]++ == MOST_RUNS) {
                PluginGoneException often = new PluginGoneException(cause.kind(), cause.name(), what + " was started "
                        + MOST_RUNS + " times and each time a plug-in was taken from it");
                finalError = often;
                throw often;
            }
            monitor.notice(what + " starts over: " + cause + " was replaced");
        });
    }

    private <T> T run(JobPlugins.Step<T> step, Repetition repetition) throws ImagingException {
        while (true) {
            PluginScope scope = new PluginScope(monitor);
            scopes.add(scope);
            Optional<PluginScope.Cause> cause = Optional.empty();
            try {
                return step.run();
            } catch (ImagingException | RuntimeException | LinkageError e) {
                // what this job needed before, in this step or another, may be away when it is asked for again
                cause = scope.cause().or(() -> e == finalError ? Optional.empty() : firstMissing().map(PluginScope.Need::cause));
                if (cause.isEmpty() || changes.closed() || monitor.cancelledByCaller()) {
                    finalError = e;
                    ImagingException end = outcome(e);
                    finalError = end;
                    throw end;
                }
            } finally {
                needs.addAll(scope.needs());
                scopes.remove(scope);
                // whatever was opened is closed by now
                scope.close();
            }
            awaitNeeds();
            repetition.because(cause.get());
        }
    }

    private ImagingException outcome(Throwable e) {
        if (changes.closed() && !monitor.cancelledByCaller()) {
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

    private Optional<PluginScope.Need> firstMissing() {
        return needs.stream().filter(need -> !isInstalled(need)).findFirst();
    }

    private boolean isInstalled(PluginScope.Need need) {
        return need.set().entries().stream().anyMatch(entry -> entry.name().equals(need.name()) && refusals.accepts(entry));
    }

    private void awaitNeeds() throws ImagingException {
        monitor.allowWaits();
        try {
            for (Optional<PluginScope.Need> missing = firstMissing(); missing.isPresent(); missing = firstMissing()) {
                PluginScope.Need need = missing.get();
                replacement.await(need.set().kind(), need.name(), () -> isInstalled(need) ? Optional.of(need) : Optional.empty());
            }
        } catch (ImagingException e) {
            finalError = e;
            throw e;
        }
    }
}
