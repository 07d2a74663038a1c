/**
 * Partition tables: plug-ins that read how a disk is divided, and what they learn.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.partition;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
