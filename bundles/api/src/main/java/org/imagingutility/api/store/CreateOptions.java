package org.imagingutility.api.store;

/**
 * How an image is started.
 *
 * @param overwrite whether an image that stands there may be replaced (when the new one is published)
 * @param writeThrough whether each write is on stable storage when it returns
 */
public record CreateOptions(boolean overwrite, boolean writeThrough) {
}
