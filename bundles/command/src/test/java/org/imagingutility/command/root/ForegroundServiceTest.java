package org.imagingutility.command.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.junit.jupiter.api.Test;

/** Every method of the service, those of later versions included: a job is run by the job service, all else passed on. */
class ForegroundServiceTest {
    private final List<String> called = new ArrayList<>();

    @Test
    void jobsAreRunByTheJobServiceAndAllElseIsPassedOn() throws Exception {
        ForegroundService service = new ForegroundService(noting(ImagingService.class), noting(JobService.class));
        for (Method method : ImagingService.class.getMethods()) {
            called.clear();
            Class<?>[] types = method.getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = types[i] == long.class ? (Object) 0L : types[i] == boolean.class ? false : null;
            }
            ForegroundService.class.getDeclaredMethod(method.getName(), types).invoke(service, arguments);
            boolean job = types.length == 2 && JobRequest.class.isAssignableFrom(types[0]) && types[1] == JobMonitor.class;
            assertThat(called).as(method.toString()).containsExactly(job ? "JobService.run" : "ImagingService." + method.getName());
        }
    }

    private <T> T noting(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            called.add(type.getSimpleName() + "." + method.getName());
            return method.getReturnType() == long.class ? (Object) 0L : null;
        }));
    }
}
