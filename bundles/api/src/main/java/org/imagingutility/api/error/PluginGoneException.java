package org.imagingutility.api.error;

/**
 * A plug-in that a job works with was stopped or replaced, and no fitting one came in the time the job waits. What the job
 * wrote is kept where its kind can be resumed.
 */
public final class PluginGoneException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String name;

    /**
     * Creates the error.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name its permanent name
     * @param reason what happened: how long was waited, what was refused
     */
    public PluginGoneException(String kind, String name, String reason) {
        super(kind + " \"" + name + "\" went away while the job ran: " + reason, "start or install the bundle that provides "
                + kind + " \"" + name + "\", then resume the job (imaging image: --resume)", null);
        this.kind = kind;
        this.name = name;
    }

    /** Returns the kind of plug-in that was waited for. */
    public String kind() {
        return kind;
    }

    /** Returns the name of the plug-in that was waited for. */
    public String name() {
        return name;
    }
}
