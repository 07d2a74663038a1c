package org.imagingutility.shell.interactive;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.shell.platform.Brand;
import org.imagingutility.shell.session.Messages;
import org.osgi.framework.BundleException;

/** The end of a shell whose jobs run still. */
public final class Leaving {
    private Leaving() {
    }

    /** Returns {@code 1 job is} or {@code 3 jobs are}. */
    static String count(int jobs) {
        return jobs == 1 ? "1 job is" : jobs + " jobs are";
    }

    /** Interrupts the live jobs in order and says how to go on with them. */
    public static void interruptJobs(RunningJobs jobs, PrintStream err) {
        List<JobStatus> live = jobs.live();
        if (live.isEmpty()) {
            return;
        }
        err.println(Messages.begin() + count(live.size()) + " interrupted; to go on: "
                + live.stream().map(job -> Brand.ofProcess().command() + " resume " + job.id()).collect(Collectors.joining("; ")));
        try {
            jobs.interrupt();
        } catch (BundleException e) {
            err.println(Messages.begin() + "the jobs could not be interrupted in order: " + e.getMessage());
        }
    }
}
