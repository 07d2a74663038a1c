/** The master file table: its records one by one, and where the further records of a file are. */
@Export
@Version("0.1.0")
package org.imagingutility.fs.ntfs.mft;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
