/** What device providers must keep, and devices in memory: sparse, failing, counting what is read. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
