package org.imagingutility.shell;

import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes the number of a bundle for the bundle, as in {@code stop 12}: the runtime leaves that to whoever makes the shell. */
@Component(service = Converter.class, property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleNumbers implements Converter {
    private final BundleContext context;

    /** Called by Declarative Services. */
    @Activate
    public BundleNumbers(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object convert(Class<?> desiredType, Object in) {
        if (desiredType != Bundle.class || !in.toString().matches("[0-9]{1,18}")) {
            return null;
        }
        return context.getBundle(Long.parseLong(in.toString()));
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
