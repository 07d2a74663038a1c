/** Repositories of images, as commands see them: what one is, which images it has, and what a check of it found. */
@Export
@Version("1.0.0")
package org.imagingutility.api.repository;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
