/**
 * Devices and their providers: readable (or writable) runs of bytes with a length and a sector size.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
