/** What container formats must keep: round trips, order of calls, damages, power cuts, resuming. */
@Export
@Version("1.0.0")
package org.imagingutility.tck.container;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
