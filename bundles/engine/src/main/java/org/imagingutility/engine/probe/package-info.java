/**
 * Finding out what a device holds: which allocator recognises its file system, which devices and partitions there are,
 * which files lie in given ranges, and whether a device is the one an image was made of. For the packages of the jobs.
 */
package org.imagingutility.engine.probe;
