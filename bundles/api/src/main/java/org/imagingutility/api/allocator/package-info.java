/**
 * Allocators: plug-ins that tell which extents of a device a file system has in use.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.allocator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
