package org.imagingutility.engine.view;

/** A frame does not hold what it should. */
final class DamagedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates it; {@code reason} is what does not hold. */
    DamagedFrameException(String reason) {
        // thrown for each read of such a frame: where from says nothing
        super(reason, null, false, false);
    }
}
