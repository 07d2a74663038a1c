/**
 * Images in repositories, as jobs see all images: a store that gives out files, and a format that reads and writes them. The "file" of such
 * an image is its manifest; frames and chunk tables are objects beside it. While an image is written its file is the sink of the frames.
 */
package org.imagingutility.engine.repository.image;
