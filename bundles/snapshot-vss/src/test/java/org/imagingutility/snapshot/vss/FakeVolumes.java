package org.imagingutility.snapshot.vss;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.tck.device.MemoryDeviceProvider;

/** Volumes whose content lies in memory, by their lasting names without the backslash at the end. */
public final class FakeVolumes implements Volumes {
    private final MemoryDeviceProvider devices = new MemoryDeviceProvider();
    private final Map<String, String> mounted = new LinkedHashMap<>();
    private int made;

    /** Makes a volume; returns its lasting name, as a device is opened by it. */
    public String make(byte[] content) {
        String name = String.format("\\\\?\\Volume{00000000-0000-4000-8000-%012x}", ++made);
        devices.put(name, content);
        return name;
    }

    /** Mounts one somewhere, {@code C:\}. */
    public String mount(String name, String root) {
        mounted.put(root, name);
        return name;
    }

    /** Returns what opens volumes and their frozen views. */
    public MemoryDeviceProvider devices() {
        return devices;
    }

    boolean supported(String volume) {
        return lastingName(volume).isPresent();
    }

    void freeze(String volume, String view) {
        byte[] content = devices.content(volume.substring(0, volume.length() - 1));
        devices.put(view, content == null ? new byte[0] : content);
    }

    void drop(String view) {
        devices.remove(view);
    }

    @Override
    public boolean known() {
        return true;
    }

    @Override
    public Optional<String> lastingName(String root) {
        String name = mounted.getOrDefault(root, root.substring(0, root.length() - 1));
        return devices.content(name) == null ? Optional.empty() : Optional.of(name + "\\");
    }
}
