/**
 * Access to the file of an image: structures are read with bounds, written from front to back, gap frames made and
 * compared; and a chunk is walked through by its own structures, without an index.
 */
package org.imagingutility.format.skz.file;
