package org.imagingutility.api.container;

/** How the content of a frame is stored. */
public enum FrameKind {
    /** Compressed by the codec. */
    DATA,
    /** All bytes are zero; stored as the codec's zero run. */
    ZERO
}
