/** What readers of file systems must keep, and a simple one. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
