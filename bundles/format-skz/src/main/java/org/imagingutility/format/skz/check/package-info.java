/**
 * Compares an image with what its header, footer, index and chunk tables dictate, byte by byte.
 */
package org.imagingutility.format.skz.check;
