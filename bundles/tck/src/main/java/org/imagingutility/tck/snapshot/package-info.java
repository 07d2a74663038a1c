/** What snapshot providers must keep, and one in memory. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
