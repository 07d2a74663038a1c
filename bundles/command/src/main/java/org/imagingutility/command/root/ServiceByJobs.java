package org.imagingutility.command.root;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;

/**
 * The imaging service with every method that takes a {@link JobRequest} and a {@link JobMonitor} as a job of the job service: in
 * the foreground, or detached if the command line says so. For shells. By a proxy, because that is all there is to say of such
 * a method, those of later versions included. All other methods are passed on.
 */
final class ServiceByJobs implements InvocationHandler {
    private final ImagingService direct;
    private final JobAccess jobs;
    private final ImagingCommand imaging;

    private ServiceByJobs(ImagingService direct, JobAccess jobs, ImagingCommand imaging) {
        this.direct = direct;
        this.jobs = jobs;
        this.imaging = imaging;
    }

    static ImagingService of(ImagingService direct, JobAccess jobs, ImagingCommand imaging) {
        return (ImagingService) Proxy.newProxyInstance(ImagingService.class.getClassLoader(),
                new Class<?>[] {ImagingService.class}, new ServiceByJobs(direct, jobs, imaging));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments.length == 2 && arguments[0] instanceof JobRequest<?> request
                && arguments[1] instanceof JobMonitor monitor) {
            return run(request, monitor);
        }
        try {
            return method.invoke(direct, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private <R> R run(JobRequest<R> request, JobMonitor monitor) throws ImagingException {
        if (imaging.detached()) {
            throw new DetachedException(jobs.service().submit(request, JobMonitor.NONE).status().id());
        }
        MonitorRelay forwarded = new MonitorRelay();
        Job<R> job = jobs.service().submit(request, forwarded);
        jobs.shows().accept(job.status().id());
        try {
            return forwarded.follow(job, monitor);
        } catch (CancelledException e) {
            monitor.notice("\"resume " + job.status().id() + "\" continues job " + job.status().id());
            throw e;
        }
    }
}
