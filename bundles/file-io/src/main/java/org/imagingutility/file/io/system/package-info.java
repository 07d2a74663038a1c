/** Which operating system this is, and errors by its numbers. Sees nothing else of this bundle. */
@Export
@Version("0.3.0")
package org.imagingutility.file.io.system;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
