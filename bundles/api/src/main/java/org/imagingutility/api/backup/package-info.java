/**
 * Backup sets: a folder with one image for each partition of a disk, what lies outside of them, and a manifest that
 * describes it all.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
