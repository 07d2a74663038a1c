package org.imagingutility.snapshot.reflink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a clone: beside the file, with the process that made it, so that others can tell whether it is still needed.
 *
 * @param file path of the file that was cloned
 * @param pid number of the process
 * @param begun when that process began, milliseconds since 1970: numbers are used again
 * @param number tells clones of one process apart
 */
record CloneName(Path file, long pid, long begun, int number) {
    private static final Pattern PATTERN = Pattern.compile("(.+)\\.snapshot-(\\d{1,10})-(\\d{1,15})-(\\d{1,9})");
    /** The system counts the begin of processes from its own, which is known less exactly each time the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    /** Returns the name of a clone that this process makes. */
    static CloneName ofThisProcess(Path file, int number) {
        ProcessHandle process = ProcessHandle.current();
        return new CloneName(file, process.pid(), begun(process).map(Instant::toEpochMilli).orElse(0L), number);
    }

    /** Takes the path of a clone apart; empty if it is none. */
    static Optional<CloneName> of(Path clone) {
        Path name = clone.getFileName();
        Matcher matcher = PATTERN.matcher(name == null ? "" : name.toString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new CloneName(clone.resolveSibling(matcher.group(1)), Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)), Integer.parseInt(matcher.group(4))));
    }

    /** Returns where the clone stands. */
    Path path() {
        return file.resolveSibling(file.getFileName() + ".snapshot-" + pid + "-" + begun + "-" + number);
    }

    /** Says whether the process that made it is no more, so that nobody will release it. */
    boolean isOrphan() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty() || process.flatMap(CloneName::begun)
                .filter(found -> begun != 0 && Duration.between(found, Instant.ofEpochMilli(begun)).abs().compareTo(TOLERANCE) > 0)
                .isPresent();
    }

    private static Optional<Instant> begun(ProcessHandle process) {
        return process.info().startInstant();
    }
}
