/**
 * What all parts of the program that make files of their own have in common.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.file;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
