/**
 * The superblock, the measures of the volume that follow from it, and its checksums. Not part of the API: it changes with those plug-ins that use it.
 */
@Export
@Version("0.3.0")
package org.imagingutility.fs.ext.layout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
