/**
 * Jobs: the services that commands call, their requests, results and progress.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
