/**
 * Values that every part shares: extents, digests, metadata.
 *
 * <p>All offsets and lengths are bytes unless a name says otherwise; ranges are half open
 * {@code [offset, offset + length)}.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
