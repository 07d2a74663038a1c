package org.imagingutility.shell.interactive;

import java.util.ArrayList;
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
        print(terminal, Brand.ofProcess().greeting(FrameworkUtil.getBundle(Welcome.class).getVersion().toString()));
        List<JobStatus> interrupted = jobs.interrupted();
        if (!interrupted.isEmpty()) {
            print(terminal, interrupted.size() == 1
                    ? "1 job was interrupted: \"jobs\" shows it, \"resume " + interrupted.get(0).id() + "\" goes on with it."
                    : interrupted.size() + " jobs were interrupted: \"jobs\" shows them, \"resume ID\" goes on with one.");
        }
        terminal.flush();
    }

    private static void print(Terminal terminal, String text) {
        text.lines().flatMap(line -> lines(line, terminal.getWidth()).stream()).forEach(terminal.writer()::println);
    }

    /** Returns {@code text} in lines of at most {@code width} characters, 0 if that is not known, broken between words. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width > 0 && rest.length() > width) {
            int end = rest.lastIndexOf(' ', width);
            if (end <= 0) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }
}
