package org.imagingutility.engine.probe;

import org.imagingutility.api.allocator.ExtentCursor;

/** A pass over what lies before the clusters, the clusters in use, and what lies behind them. */
final class SystemCursor implements ExtentCursor {
    private final ClusterRuns.Pass runs;
    private final long first;
    private final int clusterSize;
    private final long clustersEnd;
    private final long deviceLength;
    /** What was found behind the current extent. */
    private long nextBegin;
    private long nextEnd;
    private boolean clustersLeft = true;
    private boolean tailLeft;
    private long begin;
    private long end;

    SystemCursor(ClusterRuns.Pass runs, long first, int clusterSize, long clusterCount, long deviceLength) {
        this.runs = runs;
        this.first = first;
        this.clusterSize = clusterSize;
        this.clustersEnd = first + clusterCount * clusterSize;
        this.deviceLength = deviceLength;
        this.nextEnd = first;
        this.tailLeft = clustersEnd < deviceLength;
    }

    @Override
    public boolean next() {
        while (nextEnd <= nextBegin) {
            if (!advance()) {
                return false;
            }
        }
        begin = nextBegin;
        end = nextEnd;
        while (advance()) {
            if (nextBegin > end) {
                return true;
            }
            end = nextEnd;
        }
        // nothing is left behind this one
        nextBegin = end;
        nextEnd = end;
        return true;
    }

    /** Finds what comes next, which may touch what came before. */
    private boolean advance() {
        if (clustersLeft) {
            clustersLeft = runs.next();
            if (clustersLeft) {
                nextBegin = first + runs.begin() * clusterSize;
                nextEnd = first + runs.end() * clusterSize;
                return true;
            }
        }
        if (tailLeft) {
            tailLeft = false;
            nextBegin = clustersEnd;
            nextEnd = deviceLength;
            return true;
        }
        return false;
    }

    @Override
    public long offset() {
        return begin;
    }

    @Override
    public long length() {
        return end - begin;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
