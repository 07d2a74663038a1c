/**
 * What the plug-ins that work with files have in common: locks and claims, files that have their name only when they are
 * complete, reads past the page cache, and words for the errors of the operating system. Not part of the API: it changes with
 * these plug-ins.
 */
@Export
@Version("0.3.0")
package org.imagingutility.file.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
