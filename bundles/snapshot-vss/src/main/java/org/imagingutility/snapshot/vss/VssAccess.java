package org.imagingutility.snapshot.vss;

import java.time.Duration;
import org.imagingutility.snapshot.vss.com.WindowsVss;
import org.imagingutility.snapshot.vss.requester.SetMaker;
import org.imagingutility.snapshot.vss.requester.VssFailure;
import org.imagingutility.snapshot.vss.requester.VssService;

/** The service that snapshots are made by, loaded when it is asked for first. Used by several threads at once. */
interface VssAccess extends AutoCloseable {

    /** Returns the service. */
    VssService service() throws VssFailure;

    /** Returns how long one step of the service may take. */
    Duration stepLimit();

    @Override
    void close();

    /** Returns that of this machine. */
    static VssAccess ofThisMachine() {
        return new VssAccess() {
            private WindowsVss loaded;

            @Override
            public synchronized VssService service() throws VssFailure {
                if (loaded == null) {
                    loaded = WindowsVss.load();
                }
                return loaded;
            }

            @Override
            public Duration stepLimit() {
                return SetMaker.STEP_LIMIT;
            }

            @Override
            public synchronized void close() {
                if (loaded != null) {
                    loaded.close();
                    loaded = null;
                }
            }
        };
    }
}
