package org.imagingutility.shell.interactive;

import java.util.List;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.shell.platform.Brand;
import org.jline.terminal.Terminal;
import org.osgi.framework.FrameworkUtil;

/** The first lines of an interactive shell. */
final class Welcome {
    private Welcome() {
    }

    static void print(Terminal terminal, RunningJobs jobs) {
        terminal.writer().println(Brand.ofProcess().greeting(FrameworkUtil.getBundle(Welcome.class).getVersion().toString()));
        List<JobStatus> interrupted = jobs.interrupted();
        if (!interrupted.isEmpty()) {
            terminal.writer().println(interrupted.size() == 1
                    ? "1 job was interrupted: \"jobs\" shows it, \"resume " + interrupted.get(0).id() + "\" goes on with it."
                    : interrupted.size() + " jobs were interrupted: \"jobs\" shows them, \"resume ID\" goes on with one.");
        }
        terminal.flush();
    }
}
