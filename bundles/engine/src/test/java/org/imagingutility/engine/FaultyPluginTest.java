package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.guard.Faults;
import org.imagingutility.engine.guard.Faults.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every job with every method of a plug-in misbehaving in every way: the methods that a job calls are found by watching it, so
 * one that is new is tried without being named here. A job ends with an error that names plug-in and bundle, or with what is
 * right; never with an error of another kind, and never with something wrong.
 */
class FaultyPluginTest {
    /** What the engine cannot know to be wrong of a number ends in some error of a job, or in none. */
    private static final Set<Kind> UNKNOWABLE = EnumSet.of(Kind.RETURNS_HUGE, Kind.RETURNS_NEGATIVE);
    /** One fault in so many is tried, another one of each method; all of them by the property. */
    private static final int ONE_IN = Boolean.getBoolean("faults.all") ? 1 : 6;
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> aJobWithAFaultyPluginNamesItOrIsRight() throws Exception {
        FaultyJobs jobs = new FaultyJobs(folder);
        List<DynamicTest> tests = new ArrayList<>();
        for (FaultyJobs.Job job : jobs.all()) {
            tests.add(DynamicTest.dynamicTest(job.name(), () -> {
                List<String> failures = new ArrayList<>();
                int found = 0;
                int tried = 0;
                for (Method method : jobs.methodsCalledBy(job)) {
                    for (Kind kind : Faults.kindsFor(method)) {
                        for (int from : late(kind)) {
                            if (found++ % ONE_IN != 0) {
                                continue;
                            }
                            tried++;
                            Faults fault = Faults.of(method, kind, from);
                            failure(jobs, job, fault).ifPresent(text -> failures.add(fault + ": " + text));
                        }
                    }
                }
                assertThat(failures).as("of " + tried + " faults").isEmpty();
                assertThat(found).as("methods were found").isGreaterThan(50);
            }));
        }
        return tests.stream();
    }

    /** Returns from which calls on it misbehaves: at once, and where something was opened or started. */
    private static int[] late(Kind kind) {
        return kind == Kind.THROWS_EXCEPTION || kind == Kind.HALF_OF_LAST_BUFFER ? new int[] {0, 2} : new int[] {0};
    }

    private static Optional<String> failure(FaultyJobs jobs, FaultyJobs.Job job, Faults fault) throws Exception {
        try {
            return tried(jobs, job, fault);
        } finally {
            fault.closeAll();
        }
    }

    private static Optional<String> tried(FaultyJobs jobs, FaultyJobs.Job job, Faults fault) throws Exception {
        jobs.clean();
        List<String> notices = new ArrayList<>();
        TestEngine engine = jobs.engine(fault);
        try {
            job.action().run(engine, new JobMonitor() {
                @Override
                public void notice(String line) {
                    notices.add(line);
                }
            });
        } catch (PluginException e) {
            // what takes part of a number it was told into a sound plug-in is stopped by the guard of that one
            return UNKNOWABLE.contains(fault.kind()) || e.bundle().equals(FaultyJobs.BUNDLE) && e.getMessage().contains(e.kind() + " \"" + e.name() + "\" of " + FaultyJobs.BUNDLE)
                    ? Optional.empty() : Optional.of("does not name the plug-in: " + e);
        } catch (ImagingException e) {
            boolean refused = engine.plugins().stream().anyMatch(plugin -> plugin.unused().isPresent());
            boolean told = notices.stream().anyMatch(line -> line.contains(FaultyJobs.BUNDLE));
            return refused || told || UNKNOWABLE.contains(fault.kind()) ? Optional.empty()
                    : Optional.of("ends without a word of the plug-in: " + e);
        } catch (RuntimeException | Error e) {
            return Optional.of("is an internal error: " + e);
        }
        try {
            return jobs.wrong(job);
        } catch (ImagingException e) {
            return Optional.of("ends well, but " + e);
        }
    }
}
