package org.imagingutility.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.device.Device;
import org.junit.jupiter.api.Test;

/** A guard stands before every interface that plug-ins implement, and before every method of it. */
class GuardsTest {
    private static final List<String> GUARDS = List.of("CheckedAllocation", "CheckedAllocator", "CheckedBlockServer", "CheckedFileServer", "CheckedRunningServer", "CheckedClusters", "CheckedCodec", "CheckedCompressor",
            "CheckedCursor", "CheckedDecompressor", "CheckedDevice", "CheckedDeviceProvider", "CheckedImageFile", "CheckedImageStore",
            "CheckedPartitionTableReader", "CheckedSetFormat", "CheckedSnapshot", "CheckedSnapshotProvider", "CheckedTarget",
            "CheckedVirtualDiskFormat", "CheckedVirtualDiskWriter", "container.CheckedContainerFormat", "container.CheckedImageReader",
            "container.CheckedImageWriter", "container.CheckedPass", "container.CheckedSalvagedImage",
            "container.CheckedUnfinishedImage", "files.CheckedContent", "files.CheckedDirectory", "files.CheckedFileSystemReader",
            "files.CheckedFileTree", "files.CheckedNode", "blobs.CheckedBlobStoreProvider", "blobs.CheckedBlobStore");

    @Test
    void everyInterfaceThatPluginsImplementHasAGuard() throws Exception {
        assertThat(guards().keySet()).containsExactlyInAnyOrderElementsOf(Spi.interfaces());
    }

    /** A default method that the guard does not have would be answered by the interface, whatever the plug-in says. */
    @Test
    void everyMethodOfThemIsGuarded() throws Exception {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<Class<?>, Class<?>> guard : guards().entrySet()) {
            for (Method method : Spi.methods(guard.getKey())) {
                try {
                    guard.getValue().getDeclaredMethod(method.getName(), method.getParameterTypes());
                } catch (NoSuchMethodException e) {
                    missing.add(guard.getValue().getSimpleName() + " lacks " + method);
                }
            }
        }
        assertThat(missing).as("methods of plug-ins that nobody guards: add them to the guard, checked as their contract says").isEmpty();
    }

    /** Returns the guards by the interface they guard. */
    private static Map<Class<?>, Class<?>> guards() throws ClassNotFoundException {
        Map<Class<?>, Class<?>> guards = new HashMap<>();
        for (String name : GUARDS) {
            Class<?> guard = Class.forName("org.imagingutility.engine.guard." + name);
            guards.put(Arrays.stream(guard.getInterfaces()).filter(type -> type != Device.class || guard.getInterfaces().length == 1)
                    .findFirst().orElseThrow(), guard);
        }
        return guards;
    }
}
