package org.imagingutility.api.error;

/**
 * A plug-in broke the contract of its interface: it threw what it may not throw, gave no answer or an impossible one, or
 * did half of what it was asked. Says nothing about the device or the image that was worked on. Thrown by the engine only.
 */
public final class PluginException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String name;
    private final String bundle;
    private final String reason;

    /**
     * Creates the error.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name permanent name of the plug-in
     * @param bundle name and version of the bundle or module it comes from: {@code com.example.codec 1.0.0}
     * @param reason the method that was called, and what was wrong with it: found and expected
     * @param cause what the plug-in threw, or null
     */
    public PluginException(String kind, String name, String bundle, String reason, Throwable cause) {
        this(kind, name, bundle, reason, " broke its contract: ", "update or remove " + bundle + ", and report this to its maker",
                cause);
    }

    private PluginException(String kind, String name, String bundle, String reason, String what, String remedy, Throwable cause) {
        super(kind + " \"" + name + "\" of " + bundle + what + reason, remedy, cause);
        this.kind = kind;
        this.name = name;
        this.bundle = bundle;
        this.reason = reason;
    }

    /**
     * Returns the error of a plug-in for whose call there was not enough memory, which need not be its fault.
     *
     * @param call the method that was called
     */
    public static PluginException outOfMemory(String kind, String name, String bundle, String call, OutOfMemoryError cause) {
        return new PluginException(kind, name, bundle, call + " found no memory (" + MemoryException.of(cause) + ")",
                ": not enough memory: ", MemoryException.REMEDY, cause);
    }

    /** Says whether there was not enough memory for the call, so that the plug-in need not be at fault. */
    public boolean isOutOfMemory() {
        return getCause() instanceof OutOfMemoryError;
    }

    /** Returns the kind of the plug-in. */
    public String kind() {
        return kind;
    }

    /** Returns the permanent name of the plug-in. */
    public String name() {
        return name;
    }

    /** Returns name and version of the bundle or module that the plug-in comes from. */
    public String bundle() {
        return bundle;
    }

    /** Returns what was wrong, without the names. */
    public String reason() {
        return reason;
    }
}
