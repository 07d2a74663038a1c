/**
 * The job that rewrites an image with another codec, level, division or container format ({@code convert}). Used by the
 * engine itself alone.
 */
package org.imagingutility.engine.convert;
