package org.imagingutility.command.root;

/** A command's job was started and continues by itself: there is no result to show. No error, but the way out of the command. */
public final class DetachedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String jobId;

    public DetachedException(String jobId) {
        super("job " + jobId, null, false, false);
        this.jobId = jobId;
    }

    public String jobId() {
        return jobId;
    }
}
