/**
 * Image stores: plug-ins for the places an image lives in.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
