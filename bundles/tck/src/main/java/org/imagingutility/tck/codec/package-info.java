/** What codecs must keep, and a codec that stores frames as they are. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
