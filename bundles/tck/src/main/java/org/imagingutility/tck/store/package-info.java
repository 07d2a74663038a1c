/** What image stores must keep, and a store and a file in memory. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
