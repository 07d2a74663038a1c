/** What servers must keep. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.serve;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
