/** What allocators must keep, and volumes of any size to try them on. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.allocator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
