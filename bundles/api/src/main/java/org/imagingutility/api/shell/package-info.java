/**
 * The shell: commands that are offered in it. A bundle that has some registers a {@link CommandSet} as a service; a shell that
 * is there takes it up and lets go of it when it goes.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.shell;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
