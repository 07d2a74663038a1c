/** The framework itself: installing and starting bundles, and the service that a run is handed to. */
package org.imagingutility.launcher.framework;
