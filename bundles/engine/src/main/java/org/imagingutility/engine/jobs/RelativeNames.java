package org.imagingutility.engine.jobs;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/** Keeps a job whose request names files relative to a working folder from being resumed in another one. */
final class RelativeNames {
    private static final String UNFINISHED = ".partial";

    private RelativeNames() {
    }

    /** Returns the working folder of this process. */
    static String folderOfThisProcess() {
        return System.getProperty("user.dir");
    }

    /**
     * Checks that a job can be resumed in {@code folder}.
     *
     * @throws UsageException if a text of its request is the relative name of a file in the folder it was submitted in
     */
    static void check(JobRecord job, String folder) throws UsageException {
        if (job.folder().equals(folder)) {
            return;
        }
        Record request = (Record) job.request();
        for (RecordComponent component : request.getClass().getRecordComponents()) {
            Object value = value(request, component);
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            if (value instanceof String name && isFileIn(job.folder(), name)) {
                throw new UsageException("job " + job.id() + " was submitted in \"" + job.folder() + "\" and names \"" + name
                        + "\" as it is called there, not in \"" + folder + "\"", "resume it in a process that runs there");
            }
        }
    }

    private static Object value(Record request, RecordComponent component) {
        try {
            return component.getAccessor().invoke(request);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static boolean isFileIn(String folder, String name) {
        try {
            return !name.isEmpty() && !FilePaths.of(name).isAbsolute()
                    && (Files.exists(Path.of(folder, name)) || Files.exists(Path.of(folder, name + UNFINISHED)));
        } catch (InvalidPathException e) {
            // no path, so the same everywhere
            return false;
        }
    }
}
