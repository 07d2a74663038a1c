package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Pointer;

/** Gives back memory that the service has handed out. */
interface Frees {

    /** Frees a {@code BSTR}. */
    void freeString(Pointer text);

    /** Frees the texts that a {@code VSS_SNAPSHOT_PROP} leads to. */
    void freeProperties(Pointer properties);
}
