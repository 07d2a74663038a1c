package org.imagingutility.command.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.config.SettingGroup;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeProvider;

/**
 * Makes every group of settings known to Configuration Admin and Metatype, and takes up what they are configured to while
 * the container runs. Not there without Configuration Admin: a one-shot run reads the files alone, by the same checks.
 */
@Component(service = ContainerConfiguration.class, immediate = true)
public final class ContainerConfiguration {
    /** Set by File Install: the file that a configuration was read from. */
    private static final String FILE = "felix.fileinstall.filename";
    private final BundleContext context;
    private final Configuration configuration;
    private final Map<SettingGroup, ServiceRegistration<?>> registered = new HashMap<>();
    private final List<SettingGroup> early = new ArrayList<>();
    private boolean active;

    /** Called by Declarative Services. */
    @Activate
    public ContainerConfiguration(BundleContext context, @Reference Configuration configuration,
            @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.configuration = configuration;
    }

    @Activate
    synchronized void activate() {
        active = true;
        early.forEach(this::register);
    }

    @Deactivate
    synchronized void deactivate() {
        active = false;
        registered.values().forEach(ServiceRegistration::unregister);
        registered.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindGroup(SettingGroup group) {
        if (active) {
            register(group);
        } else {
            early.add(group);
        }
    }

    synchronized void unbindGroup(SettingGroup group) {
        early.remove(group);
        ServiceRegistration<?> registration = registered.remove(group);
        if (registration != null) {
            registration.unregister();
        }
    }

    private void register(SettingGroup group) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, group.pid());
        registered.put(group, context.registerService(
                new String[] {ManagedService.class.getName(), MetaTypeProvider.class.getName()},
                new Managed(group, configuration), properties));
    }

    /** A group as Configuration Admin and Metatype see it. */
    private static final class Managed extends GroupMetaType implements ManagedService {
        private final SettingGroup group;
        private final Configuration configuration;

        Managed(SettingGroup group, Configuration configuration) {
            super(group);
            this.group = group;
            this.configuration = configuration;
        }

        /** {@inheritDoc} Without a configuration the file counts, as in a one-shot run. */
        @Override
        public void updated(Dictionary<String, ?> properties) throws ConfigurationException {
            if (properties == null) {
                configuration.reload(group);
                return;
            }
            Map<String, String> values = new HashMap<>();
            for (String key : Collections.list(properties.keys())) {
                String name = ConfFile.withoutMark(key);
                boolean comment = !name.equals(key) && ConfFile.isComment(name);
                if (!comment && !name.startsWith("service.") && !name.startsWith("felix.fileinstall.") && !name.startsWith(".")) {
                    values.put(name, String.valueOf(properties.get(key)));
                }
            }
            boolean fromFile = properties.get(FILE) != null;
            Map<String, String> refused = configuration.take(group, values,
                    fromFile ? group.pid() + ".cfg" : Configuration.CONTAINER);
            if (!refused.isEmpty()) {
                Map.Entry<String, String> first = refused.entrySet().iterator().next();
                throw new ConfigurationException(first.getKey(), String.join("; ", refused.values()));
            }
        }
    }
}
