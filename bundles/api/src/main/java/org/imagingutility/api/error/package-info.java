/**
 * The exceptions, one type per cause a caller treats differently. Each names what it is about and,
 * where known, what the user can do.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.error;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
