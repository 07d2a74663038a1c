package org.imagingutility.shell.command;

import java.util.List;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes the number or the name of a bundle for the bundle, as in {@code headers 12}: the runtime leaves that to whoever makes the shell. */
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
        if (desiredType != Bundle.class) {
            return null;
        }
        List<Bundle> found = BundleNames.matching(context, in.toString());
        return found.size() == 1 ? found.get(0) : null;
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
