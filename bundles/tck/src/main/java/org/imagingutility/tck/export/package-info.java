/** What formats of virtual disks must keep. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.export;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
