package org.imagingutility.launcher.framework;

import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** The service that a run is handed to: takes arguments, returns an exit code. Its interface is the JDK's, so that launcher and bundles share no class. */
final class Entry {
    private final BundleContext context;
    private final String filter;

    Entry(BundleContext context, String filter) {
        this.context = context;
        this.filter = filter;
    }

    /** Returns the service, or null if it does not come within {@code patienceSeconds}. */
    ToIntFunction<String[]> await(long patienceSeconds) {
        CountDownLatch registered = new CountDownLatch(1);
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                registered.countDown();
            }
        };
        try {
            context.addServiceListener(listener, filter);
            ToIntFunction<String[]> found = find();
            if (found == null && registered.await(patienceSeconds, TimeUnit.SECONDS)) {
                found = find();
            }
            return found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            context.removeServiceListener(listener);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // a service is found by its raw interface, and published as what it is
    private ToIntFunction<String[]> find() throws InvalidSyntaxException {
        Collection<ServiceReference<ToIntFunction>> found = context.getServiceReferences(ToIntFunction.class, filter);
        return found.isEmpty() ? null : context.getService(found.iterator().next());
    }
}
