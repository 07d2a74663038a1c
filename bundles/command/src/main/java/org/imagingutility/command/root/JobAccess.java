package org.imagingutility.command.root;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobStatus;

/**
 * How a command line reaches jobs that run by themselves.
 *
 * @param current the job service that is there now, null if there is none
 * @param inShell whether the process continues when the command is over
 * @param shows is told the ids of jobs whose end the command shows itself
 */
public record JobAccess(Supplier<JobService> current, boolean inShell, Consumer<String> shows) {

    /** Returns access to the jobs of {@code current} for a command line that is a process of its own. */
    public static JobAccess ofProcess(Supplier<JobService> current) {
        return new JobAccess(current, false, id -> { });
    }

    public JobService service() throws UsageException {
        JobService service = current.get();
        if (service == null) {
            throw new UsageException("there is no job service", "start its bundle, org.imagingutility.engine");
        }
        return service;
    }

    public Job<?> job(String id) throws UsageException {
        return service().job(id).orElseThrow(
                () -> new UsageException("there is no job \"" + id + "\"", "\"jobs\" lists those there are"));
    }

    /** Returns the jobs there are, none if there is no service. */
    public List<JobStatus> list() {
        JobService service = current.get();
        return service == null ? List.of() : service.jobs();
    }
}
