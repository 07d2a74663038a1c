package org.imagingutility.api.allocator;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Whether a volume was in order when an allocator looked at it, and what its extents are taken from therefore. Immutable.
 *
 * @param findings what is not in order; empty if the volume is in order
 * @param basis what the extents are taken from
 */
public record VolumeState(List<Finding> findings, AllocationBasis basis) {
    /** The volume is in order; what its file system notes as in use is taken. */
    public static final VolumeState IN_ORDER = new VolumeState(List.of(), AllocationBasis.RECORDED);

    /** Copies the list. */
    public VolumeState {
        findings = List.copyOf(findings);
        Objects.requireNonNull(basis, "basis");
    }

    /**
     * Something that is not in order.
     *
     * @param condition kind
     * @param evidence what on the volume says so, as the rest of a sentence about the volume: {@code was not unmounted in
     *        order (byte 65)}
     */
    public record Finding(VolumeCondition condition, String evidence) {

        /** Checks that both are there. */
        public Finding {
            Objects.requireNonNull(condition, "condition");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /** Returns the state in which the same was found, but the extents are taken from {@code other}. */
    public VolumeState on(AllocationBasis other) {
        return new VolumeState(findings, other);
    }

    /** Says whether nothing was found. */
    public boolean inOrder() {
        return findings.isEmpty();
    }

    /** Returns the words of the conditions, each once, in the order they were found, with commas between; may be empty. */
    public String conditions() {
        return findings.stream().map(finding -> finding.condition().word()).distinct().collect(Collectors.joining(", "));
    }

    /** Returns what was found, as the rest of a sentence about the volume; empty if nothing was. */
    public String evidence() {
        return findings.stream().map(Finding::evidence).collect(Collectors.joining(", and "));
    }

    /**
     * Returns the notice for users: what was found, and what is taken.
     *
     * @param volume the volume, as messages name it: file system and device
     * @param remedy what the user can do, as the rest of the sentence; empty if nothing
     */
    public String notice(String volume, String remedy) {
        String taken = switch (basis) {
            case RECORDED -> "it is imaged as it is";
            case UNION -> "what it notes as in use and what its files refer to are both taken";
            case SYSTEM -> "what the operating system says is in use is taken";
            case ALL_BLOCKS -> "all blocks are taken";
        };
        return volume + " " + evidence() + ": " + taken + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
