package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;

/**
 * The clusters that a file system notes as in use, united with those that its files refer to: for volumes whose note may
 * lag behind. Goes over the volume window by window, so that memory does not grow with it; for each window all files are
 * gone through. For one thread.
 */
public final class UnitedClusters implements ClusterFinder {
    private final ClusterFinder recorded;
    private final ClusterReferences references;
    private final long endCluster;
    private final ClusterWindow window;
    private boolean loaded;
    /** Run of the note that was found last: it may reach beyond the window. */
    private long runStart;
    private long runEnd;

    /**
     * Creates a pass.
     *
     * @param recorded what the file system notes; used by this object alone
     * @param references what its files refer to
     * @param firstCluster number of the volume's first cluster
     * @param endCluster number behind its last one
     */
    public UnitedClusters(ClusterFinder recorded, ClusterReferences references, long firstCluster, long endCluster) {
        this(recorded, references, firstCluster, endCluster, ClusterWindow.MAX_CLUSTERS);
    }

    UnitedClusters(ClusterFinder recorded, ClusterReferences references, long firstCluster, long endCluster,
            long windowClusters) {
        this.recorded = recorded;
        this.references = references;
        this.endCluster = endCluster;
        this.window = new ClusterWindow(firstCluster, endCluster, windowClusters);
        this.runStart = firstCluster;
        this.runEnd = firstCluster;
    }

    /** Returns how many times all files of a volume with {@code clusterCount} clusters are gone through in a pass. */
    public static long windowCount(long clusterCount) {
        return (clusterCount - 1) / ClusterWindow.MAX_CLUSTERS + 1;
    }

    @Override
    public long find(boolean inUse, long from) throws ImagingException {
        long at = from;
        while (at < endCluster) {
            while (!loaded || at >= window.end()) {
                load();
            }
            at = window.find(inUse, at);
            if (at < window.end()) {
                return at;
            }
        }
        return at;
    }

    private void load() throws ImagingException {
        if (loaded) {
            window.moveTo(window.end(), endCluster);
        }
        references.addTo(window);
        while (runStart < window.end()) {
            window.add(runStart, runEnd);
            if (runEnd >= window.end()) {
                break;
            }
            runStart = recorded.find(true, runEnd);
            runEnd = recorded.find(false, runStart);
        }
        loaded = true;
    }
}
