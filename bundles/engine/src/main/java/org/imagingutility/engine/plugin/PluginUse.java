package org.imagingutility.engine.plugin;

/**
 * That someone works with a plug-in. As long as it is not closed, the plug-in's bundle is not stopped (up to a bound).
 *
 * @param <P> kind of plug-in
 */
public final class PluginUse<P> implements AutoCloseable {
    private final PluginEntry<P> entry;
    private final PluginUser user;
    private final Thread owner = Thread.currentThread();

    PluginUse(PluginEntry<P> entry, PluginUser user) {
        this.entry = entry;
        this.user = user;
    }

    public PluginEntry<P> entry() {
        return entry;
    }

    P plugin() {
        return entry.plugin();
    }

    PluginUser user() {
        return user;
    }

    /** Returns the thread that works with it: it cannot let go while it is the one that waits for that. */
    Thread owner() {
        return owner;
    }

    /** Says that the plug-in is not worked with any more. May be called twice. */
    @Override
    public void close() {
        entry.release(this);
    }
}
