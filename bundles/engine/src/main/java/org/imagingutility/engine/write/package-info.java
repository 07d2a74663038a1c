/**
 * Writing frames into a new image: its settings, the stages that read, compress and write, and the log of what could not
 * be read. Shared by the jobs that make an image (image, convert, retry, repair) and by backup sets.
 */
package org.imagingutility.engine.write;
