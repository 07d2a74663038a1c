package org.imagingutility.snapshot.vss.requester;

/** A call of the Volume Shadow Copy Service, or an asynchronous step of it, that failed. */
public final class VssFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final int code;

    /**
     * Creates the failure.
     *
     * @param method what was called: {@code DoSnapshotSet}
     * @param code the HRESULT that it returned, or that its step ended with
     */
    public VssFailure(String method, int code) {
        super(method + " failed: " + VssError.describe(code));
        this.method = method;
        this.code = code;
    }

    /** Returns what was called. */
    public String method() {
        return method;
    }

    /** Returns the HRESULT. */
    public int code() {
        return code;
    }
}
