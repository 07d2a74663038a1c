/** The structures of NTFS, parsed from bytes that someone else read: boot sector, records, attributes, names. */
@Export
@Version("0.1.0")
package org.imagingutility.fs.ntfs.structure;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
