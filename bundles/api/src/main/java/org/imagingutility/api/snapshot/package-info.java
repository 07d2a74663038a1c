/**
 * Snapshots: plug-ins that freeze devices, so that an image holds one moment of a device that is in use.
 */
@Export
@Version("1.1.0")
package org.imagingutility.api.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
