package org.imagingutility.snapshot.vss.requester;

/** An {@code IVssAsync}: a step of the service that goes on by itself. For one thread. */
public interface AsyncOperation extends AutoCloseable {

    /** Waits for its end, but not much longer than {@code milliseconds}. */
    void await(int milliseconds) throws VssFailure;

    /** Returns the HRESULT that it stands at: {@link VssError#ASYNC_PENDING}, how it ended, or why it failed. */
    int status() throws VssFailure;

    /** Asks it to stop. */
    void cancel() throws VssFailure;

    /** Releases the object, once. */
    @Override
    void close() throws VssFailure;
}
