/**
 * Allocators: plug-ins that tell which extents of a device a file system has in use.
 */
@Export
@Version("0.2.0")
package org.imagingutility.api.allocator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
