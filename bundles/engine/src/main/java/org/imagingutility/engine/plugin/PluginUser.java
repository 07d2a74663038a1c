package org.imagingutility.engine.plugin;

/** Who works with a plug-in. Told by the thread that takes the plug-in away, which waits meanwhile: must return soon. */
public interface PluginUser {

    /** Returns the name of the job. */
    String name();

    /** The plug-in is leaving: let go of it as soon as that can be done in order. */
    void leaving(PluginEntry<?> entry);

    /** The plug-in leaves now, in use or not: the time to let go of it is over. */
    void overdue(PluginEntry<?> entry);
}
