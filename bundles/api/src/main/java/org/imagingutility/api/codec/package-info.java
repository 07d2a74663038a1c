/**
 * Codecs: plug-ins that turn a frame into stored bytes and back.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
