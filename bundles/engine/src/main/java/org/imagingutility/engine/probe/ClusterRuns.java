package org.imagingutility.engine.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.allocator.BitmapBlock;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Which clusters were in use at one moment: what an operating system says of a volume changes while the volume is read, and each pass
 * over its extents has to give the same ones. Kept as lengths of runs, alternately free and in use, some bytes for each: a volume of
 * 64 TiB with a million runs takes 3 MB, where its bitmap has 2 GiB. Immutable.
 */
final class ClusterRuns {
    /** Most bytes that the lengths may take; reached by more than ten million runs. */
    private static final int MOST_BYTES = 64 << 20;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int PAYLOAD = 7;
    private static final int MORE = 0x80;

    private final byte[] lengths;
    private final long used;

    private ClusterRuns(byte[] lengths, long used) {
        this.lengths = lengths;
        this.used = used;
    }

    /**
     * Asks for all clusters.
     *
     * @param reference the device, for messages
     * @throws FileSystemException if there are more runs than can be kept
     */
    static ClusterRuns of(String reference, ClustersInUse clusters) throws ImagingException {
        return of(reference, clusters, MOST_BYTES);
    }

    static ClusterRuns of(String reference, ClustersInUse clusters, int mostBytes) throws ImagingException {
        Builder builder = new Builder();
        ByteBuffer bits = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long count = clusters.clusterCount();
        for (long at = 0; at < count;) {
            bits.clear();
            long told = clusters.read(at, bits);
            while (bits.position() % Long.BYTES != 0) {
                bits.put((byte) 0);
            }
            builder.add(new BitmapBlock(bits.flip(), at, at + told), at);
            if (builder.lengths.size() > mostBytes) {
                throw new FileSystemException(reference, -1, "what the operating system says is in use is in too many pieces: " + mostBytes
                        + " bytes do not hold them", null);
            }
            at += told;
        }
        return builder.build();
    }

    /** Returns how many clusters are in use. */
    long used() {
        return used;
    }

    /** Starts a pass over the runs in use. */
    Pass pass() {
        return new Pass(lengths);
    }

    private static final class Builder {
        private final ByteArrayOutputStream lengths = new ByteArrayOutputStream();
        private boolean inUse;
        private long length;
        private long used;

        void add(BitmapBlock block, long from) {
            for (long at = from; at < block.endCluster();) {
                long end = block.find(!inUse, at);
                length += end - at;
                at = end;
                if (at < block.endCluster()) {
                    endRun();
                }
            }
        }

        private void endRun() {
            used += inUse ? length : 0;
            for (long rest = length;; rest >>>= PAYLOAD) {
                boolean more = rest >= MORE;
                lengths.write((int) (rest & (MORE - 1)) | (more ? MORE : 0));
                if (!more) {
                    break;
                }
            }
            inUse = !inUse;
            length = 0;
        }

        ClusterRuns build() {
            endRun();
            return new ClusterRuns(lengths.toByteArray(), used);
        }
    }

    /** A pass over runs in use, in order. For one thread. */
    static final class Pass {
        private final byte[] lengths;
        private int at;
        private long begin;
        private long end;

        private Pass(byte[] lengths) {
            this.lengths = lengths;
        }

        /** Moves to the next run; false at the end. */
        boolean next() {
            while (at < lengths.length) {
                begin = end + length();
                end = begin + (at < lengths.length ? length() : 0);
                if (end > begin) {
                    return true;
                }
            }
            return false;
        }

        private long length() {
            long value = 0;
            for (int shift = 0;; shift += PAYLOAD) {
                byte part = lengths[at++];
                value |= (long) (part & (MORE - 1)) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        /** Returns the first cluster of the run. */
        long begin() {
            return begin;
        }

        /** Returns the cluster behind the run. */
        long end() {
            return end;
        }
    }
}
