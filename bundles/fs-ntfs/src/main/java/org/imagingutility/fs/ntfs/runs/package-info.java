/** Runs of clusters: the mapping pairs of an attribute, and the data of a file that stands in them. */
@Export
@Version("0.1.0")
package org.imagingutility.fs.ntfs.runs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
