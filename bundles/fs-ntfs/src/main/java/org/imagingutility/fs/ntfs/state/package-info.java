/** In what state the volume was left: dirty, hibernated, or with a log that was not closed in order. */
@Export
@Version("0.1.0")
package org.imagingutility.fs.ntfs.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
