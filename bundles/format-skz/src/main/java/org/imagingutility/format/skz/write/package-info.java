/**
 * Writes images: chunks are committed in the background, and index slots filled when their chunk is on stable storage.
 */
package org.imagingutility.format.skz.write;
