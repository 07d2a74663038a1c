/**
 * Servers: plug-ins that show images to clients of a protocol, as block devices or by their files, and the devices and volumes that they are
 * given for it.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.serve;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
