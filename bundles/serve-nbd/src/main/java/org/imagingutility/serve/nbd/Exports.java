package org.imagingutility.serve.nbd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.serve.ServedDevice;

/** The devices by the names that clients ask for. Immutable. */
final class Exports {
    private final Map<String, ServedDevice> devices = new LinkedHashMap<>();

    Exports(List<ServedDevice> devices) {
        devices.forEach(device -> this.devices.put(device.name(), device));
    }

    /** Returns the device of that name. The empty name is that of the default export: of the only one, if none is called so. */
    Optional<ServedDevice> find(String name) {
        ServedDevice found = devices.get(name);
        if (found == null && name.isEmpty() && devices.size() == 1) {
            found = devices.values().iterator().next();
        }
        return Optional.ofNullable(found);
    }

    Iterable<ServedDevice> all() {
        return devices.values();
    }
}
