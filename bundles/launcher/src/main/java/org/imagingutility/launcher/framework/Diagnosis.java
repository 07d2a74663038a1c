package org.imagingutility.launcher.framework;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Says why there are no commands: bundles that did not start and components that wait for something. Declarative
 * Services is asked by reflection, because its classes belong to a bundle and are not the launcher's.
 */
final class Diagnosis {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private final BundleContext context;

    Diagnosis(BundleContext context) {
        this.context = context;
    }

    /** Returns one line for each problem, {@code known} ones first. */
    String text(List<String> known) {
        List<String> lines = new ArrayList<>();
        lines.add("the commands are not available");
        known.forEach(problem -> lines.add("  " + problem));
        ServiceReference<?> runtime = context.getServiceReference(RUNTIME);
        if (runtime == null) {
            lines.add("  Declarative Services (bundle org.apache.felix.scr) is missing");
            return String.join(System.lineSeparator(), lines);
        }
        try {
            addComponents(context.getService(runtime), lines);
        } catch (ReflectiveOperationException e) {
            lines.add("  components cannot be listed: " + e);
        }
        if (!has("org.imagingutility.command")) {
            lines.add("  bundle org.imagingutility.command is missing");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private boolean has(String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return true;
            }
        }
        return false;
    }

    private static void addComponents(Object runtime, List<String> lines) throws ReflectiveOperationException {
        Object none = Array.newInstance(Bundle.class, 0);
        Collection<?> components = (Collection<?>) runtime.getClass()
                .getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, none);
        for (Object component : components) {
            Collection<?> configurations = (Collection<?>) runtime.getClass()
                    .getMethod("getComponentConfigurationDTOs", component.getClass()).invoke(runtime, component);
            for (Object configuration : configurations) {
                Object failure = field(configuration, "failure");
                if (failure != null) {
                    lines.add("  component " + field(component, "name") + " failed: " + failure.toString().lines().findFirst().orElse(""));
                }
                for (Object reference : (Object[]) field(configuration, "unsatisfiedReferences")) {
                    lines.add("  component " + field(component, "name") + " waits for a service "
                            + interfaceOf(component, (String) field(reference, "name")));
                }
            }
        }
    }

    private static Object interfaceOf(Object component, String referenceName) throws ReflectiveOperationException {
        for (Object reference : (Object[]) field(component, "references")) {
            if (referenceName.equals(field(reference, "name"))) {
                return field(reference, "interfaceName");
            }
        }
        return referenceName;
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
