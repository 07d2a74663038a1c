/**
 * Virtual disks: plug-ins that write what an image holds as a file that virtual machines and their tools take for a disk.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.export;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
