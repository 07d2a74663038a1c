/**
 * Files out of a volume without mounting it: readers of file systems, and what they show of a volume. A reader is given the bytes of a volume
 * ({@link org.imagingutility.api.files.VolumeDevice}: an image, a partition, a device, a raw file) and gives a tree of files
 * ({@link org.imagingutility.api.files.FileTree}), of which nothing is read before it is asked for.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
