/**
 * Structures of FAT12, FAT16 and FAT32: boot sector, layout and file allocation tables. Facts on the layout are those of Microsoft's "FAT: General
 * Overview of On-Disk Format" (version 1.03, the file {@code fatgen103}); names of fields are taken from there. Not part of the API: it changes
 * with those plug-ins that use it.
 */
@Export
@Version("0.3.0")
package org.imagingutility.fs.fat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
