package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.imagingutility.api.device.Device;
import org.junit.jupiter.api.Test;

/**
 * Devices of the engine that show another one: what a device may leave to a default they have to pass on, or it is lost on the way. The
 * volumes on a disk are asked for at the disk itself.
 */
class WrappingDevicesTest {
    /** Told by what wraps plug-ins only. */
    private static final Set<String> OF_THE_DISK = Set.of("volumes", "volumeParts");
    /** What is not passed on, and need not be. */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of(
            // ranges of a disk hold no volume
            "JoinedRanges", Set.of("clustersInUse"),
            // it reads directly and cancels reads itself, where one fails or hangs
            "GuardedDevice", Set.of("readDirectly", "cancelRead"));

    @Test
    void theyPassOnWhatADeviceMayLeaveToADefault() {
        Set<String> defaults = Arrays.stream(Device.class.getMethods()).filter(Method::isDefault).map(Method::getName)
                .filter(name -> !Set.of("length", "sectorSize").contains(name)).filter(name -> !OF_THE_DISK.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(defaults).contains("readDirectly", "cancelRead", "nextData", "clustersInUse");
        JavaClasses wrapping = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.imagingutility.engine").that(DescribedPredicate.describe("show another device",
                        type -> !type.isInterface() && type.isAssignableTo(Device.class) && holdsDevice(type)));
        assertThat(wrapping).extracting(JavaClass::getSimpleName).contains("BlankedDevice", "CheckedDevice", "FrozenDevice", "FrozenDisk",
                "GuardedDevice", "JoinedRanges", "PartitionDevice", "ProbedDevice");
        assertThat(wrapping).allSatisfy(type -> {
            Set<String> missing = new TreeSet<>(defaults);
            missing.removeAll(LEFT_OUT.getOrDefault(type.getSimpleName(), Set.of()));
            type.getMethods().forEach(method -> missing.remove(method.getName()));
            assertThat(missing).as(type.getSimpleName()).isEmpty();
        });
    }

    private static boolean holdsDevice(JavaClass type) {
        return type.getFields().stream().anyMatch(field -> field.getRawType().isAssignableTo(Device.class));
    }
}
