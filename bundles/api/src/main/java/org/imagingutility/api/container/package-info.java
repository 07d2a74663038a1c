/**
 * Container formats: plug-ins that lay header, index, chunks and footer out in an image file.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.container;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
