package org.imagingutility.engine.probe;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.engine.source.GuardedDevice;

/** What an image says of the device it was made of, and whether a device can be that one. */
public final class SourceIdentity {
    private static final String FULL_LENGTH = "device.fullLength";
    private static final String CONTRADICTION = "allocation.contradiction";
    /** Conditions by their words, with commas between; what says so; and what the extents are taken from, by its word. */
    private static final String STATE = "fileSystem.state";
    private static final String STATE_EVIDENCE = "fileSystem.stateEvidence";
    private static final String BASIS = "allocation.basis";
    private static final String FILE_SYSTEM = "fileSystem.name";
    private static final String SERIAL = "fileSystem.serial";
    private static final String CLUSTER_SIZE = "fileSystem.clusterSize";
    private static final String CLUSTER_COUNT = "fileSystem.clusterCount";

    private SourceIdentity() {
    }

    /** Returns the facts for an image of the first {@code limit} bytes of {@code device}. */
    public static Metadata of(GuardedDevice device, ProbeResult probed, long limit) {
        FileSystemInfo fileSystem = probed.allocation().info();
        Map<String, Object> facts = new TreeMap<>();
        facts.put("device.reference", device.info().reference());
        facts.put("device.kind", device.info().kind().name());
        putText(facts, "device.label", device.info().label());
        if (limit < device.length()) {
            facts.put(FULL_LENGTH, device.length());
        }
        putText(facts, FILE_SYSTEM, fileSystem.fileSystem());
        putText(facts, "fileSystem.label", fileSystem.label());
        putText(facts, SERIAL, fileSystem.serial());
        if (fileSystem.clusterSize() > 0) {
            facts.put(CLUSTER_SIZE, fileSystem.clusterSize());
            facts.put(CLUSTER_COUNT, fileSystem.clusterCount());
        }
        putState(facts, probed.allocation().state());
        device.leftOut().addTo(facts, limit);
        if (probed.contradiction().isPresent()) {
            facts.put(CONTRADICTION, probed.contradiction().get());
        }
        return Metadata.of(facts);
    }

    /** A volume in order has nothing to be said of its state. */
    private static void putState(Map<String, Object> facts, VolumeState state) {
        if (!state.inOrder()) {
            facts.put(STATE, state.conditions());
            facts.put(STATE_EVIDENCE, state.evidence());
            facts.put(BASIS, state.basis().word());
        }
    }

    private static void putText(Map<String, Object> facts, String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
    }

    /**
     * Compares a device with what an image says of its own, without reading. Name, label and reference may differ: disks
     * get other names when they are plugged in again.
     *
     * @return found and expected of the first thing that shows that it is another one; empty if nothing does
     */
    public static Optional<String> difference(ImageSpec image, Device device, FileSystemInfo fileSystem) {
        Metadata facts = image.metadata();
        long length = facts.number(FULL_LENGTH).orElse(image.deviceLength());
        if (device.length() != length) {
            return Optional.of("it has " + device.length() + " bytes, the image is of one with " + length);
        }
        if (device.sectorSize() != image.sectorSize()) {
            return Optional.of("its sectors have " + device.sectorSize() + " bytes, the image is of one with sectors of "
                    + image.sectorSize());
        }
        if (!image.usedOnly()) {
            return Optional.empty();
        }
        return differs("file system", fileSystem.fileSystem(), facts.text(FILE_SYSTEM).orElse(""))
                .or(() -> differs("serial number", fileSystem.serial(), facts.text(SERIAL).orElse("")))
                .or(() -> differs("cluster size", fileSystem.clusterSize(), facts.number(CLUSTER_SIZE).orElse(0L)))
                .or(() -> differs("number of clusters", fileSystem.clusterCount(), facts.number(CLUSTER_COUNT).orElse(0L)));
    }

    private static Optional<String> differs(String what, Object found, Object expected) {
        return found.equals(expected) ? Optional.empty()
                : Optional.of("its " + what + " is \"" + found + "\", the image is of one with \"" + expected + "\"");
    }
}
