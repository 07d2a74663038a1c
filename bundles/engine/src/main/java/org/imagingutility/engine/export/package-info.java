/**
 * The jobs that write an image in the form of other tools: raw files, virtual disks, map files of GNU ddrescue. Used by
 * the engine itself alone.
 */
package org.imagingutility.engine.export;
