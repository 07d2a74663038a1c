/** What places for objects must keep, a place in memory, and places that go wrong as those elsewhere do. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.blobs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
