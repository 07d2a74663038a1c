/**
 * Reading again what a finished image has recorded as unreadable ({@code image --retry-bad}). Used by
 * {@code engine.image} alone.
 */
package org.imagingutility.engine.retry;
