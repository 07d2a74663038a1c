/** Runs of clusters: the mapping pairs of an attribute, and the data of a file that stands in them. */
package org.imagingutility.allocator.ntfs.runs;
