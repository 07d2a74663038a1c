/**
 * Settings: values that stand in the files of {@code conf/} and in the container's configuration. A bundle that has some
 * registers a {@link SettingGroup}; what they mean, what they may be and what they are if nobody set them is said there
 * alone.
 */
@Export
@Version("1.0.0")
package org.imagingutility.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
