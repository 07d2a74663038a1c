/**
 * Structures of exFAT: boot regions, FAT, and the entries of the root directory that are about the volume. Facts on the layout are those of
 * Microsoft's "exFAT file system specification" (revision 1.00, 2019); sections named here are its sections, and names of fields are taken from
 * there. Not part of the API: it changes with those plug-ins that use it.
 */
@Export
@Version("0.3.0")
package org.imagingutility.fs.exfat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
