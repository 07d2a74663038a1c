package org.imagingutility.snapshot.vss.com;

import com.sun.jna.ptr.IntByReference;
import org.imagingutility.snapshot.vss.requester.AsyncOperation;
import org.imagingutility.snapshot.vss.requester.VssFailure;

/** An {@code IVssAsync}. */
final class ComAsync implements AsyncOperation {
    private final ComObject async;
    private boolean released;

    ComAsync(ComObject async) {
        this.async = async;
    }

    @Override
    public void await(int milliseconds) throws VssFailure {
        async.call("IVssAsync.Wait", Slots.ASYNC_WAIT, milliseconds);
    }

    @Override
    public int status() throws VssFailure {
        IntByReference status = new IntByReference();
        async.call("IVssAsync.QueryStatus", Slots.ASYNC_QUERY_STATUS, status, null);
        return status.getValue();
    }

    @Override
    public void cancel() throws VssFailure {
        async.call("IVssAsync.Cancel", Slots.ASYNC_CANCEL);
    }

    @Override
    public void close() throws VssFailure {
        if (!released) {
            released = true;
            async.release();
        }
    }
}
