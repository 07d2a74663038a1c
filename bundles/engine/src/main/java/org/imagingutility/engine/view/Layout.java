package org.imagingutility.engine.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies where on a device: regions in order that neither overlap nor leave a gap. Immutable. */
final class Layout {
    private final List<Region> regions;
    private final long length;

    private Layout(List<Region> regions, long length) {
        this.regions = regions;
        this.length = length;
    }

    /** Where the bytes of a region come from. */
    enum Origin {
        /** Zeros, for which nothing is stored. */
        NOTHING,
        /** The device that an image was made of. */
        IMAGE,
        /** A file that holds them as they are. */
        FILE,
        /** Bytes that were made for this device. */
        BYTES
    }

    /**
     * A run of bytes from one place.
     *
     * @param offset first byte on the device
     * @param length bytes, positive
     * @param origin what holds them
     * @param source number of the image, file or array, from 0
     * @param at where in that they begin
     */
    record Region(long offset, long length, Origin origin, int source, long at) {
        long end() {
            return offset + length;
        }

        private Region from(long begin) {
            return new Region(begin, end() - begin, origin, source, at + (begin - offset));
        }

        private Region upTo(long end) {
            return new Region(offset, end - offset, origin, source, at);
        }
    }

    long length() {
        return length;
    }

    /** Returns the region that holds {@code offset}, which is on the device. */
    Region at(long offset) {
        int low = 0;
        int high = regions.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (regions.get(middle).offset <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return regions.get(low);
    }

    /** Returns the part {@code [offset, offset + length)} as a device of its own. */
    Layout slice(long offset, long partLength) {
        Builder part = new Builder(partLength);
        for (Region region : regions) {
            long from = Math.max(offset, region.offset);
            long to = Math.min(offset + partLength, region.end());
            if (from < to) {
                part.put(from - offset, to - from, region.origin, region.source, region.at + (from - region.offset));
            }
        }
        return part.build();
    }

    /** Returns this device at {@code offset} of a longer one; all around it {@code frame}, which has no images or files. */
    Layout within(long newLength, long offset, List<Region> frame) {
        Builder whole = new Builder(newLength);
        for (Region region : regions) {
            whole.put(offset + region.offset, region.length, region.origin, region.source, region.at);
        }
        for (Region region : frame) {
            whole.put(region.offset, region.length, region.origin, region.source, region.at);
        }
        return whole.build();
    }

    /** Puts regions onto a device of zeros; what comes later covers what was there. */
    static final class Builder {
        private final TreeMap<Long, Region> regions = new TreeMap<>();
        private final long length;

        Builder(long length) {
            this.length = length;
        }

        /** Puts a region; what of it lies behind the device is left out. */
        Builder put(long offset, long regionLength, Origin origin, int source, long at) {
            long end = Math.min(length, offset + regionLength);
            if (offset < 0 || regionLength < 0 || offset > Long.MAX_VALUE - regionLength) {
                throw new IllegalArgumentException("no range: " + offset + "+" + regionLength);
            }
            if (offset >= end) {
                return this;
            }
            Map.Entry<Long, Region> before = regions.lowerEntry(offset);
            if (before != null && before.getValue().end() > offset) {
                Region cut = before.getValue();
                regions.put(cut.offset, cut.upTo(offset));
                if (cut.end() > end) {
                    regions.put(end, cut.from(end));
                }
            }
            for (Map.Entry<Long, Region> inside = regions.ceilingEntry(offset); inside != null && inside.getKey() < end;
                    inside = regions.ceilingEntry(offset)) {
                regions.remove(inside.getKey());
                if (inside.getValue().end() > end) {
                    regions.put(end, inside.getValue().from(end));
                }
            }
            regions.put(offset, new Region(offset, end - offset, origin, source, at));
            return this;
        }

        Layout build() {
            List<Region> whole = new ArrayList<>();
            long end = 0;
            for (Region region : regions.values()) {
                if (region.offset > end) {
                    whole.add(new Region(end, region.offset - end, Origin.NOTHING, 0, 0));
                }
                whole.add(region);
                end = region.end();
            }
            if (end < length || whole.isEmpty()) {
                whole.add(new Region(end, length - end, Origin.NOTHING, 0, 0));
            }
            return new Layout(List.copyOf(whole), length);
        }
    }
}
