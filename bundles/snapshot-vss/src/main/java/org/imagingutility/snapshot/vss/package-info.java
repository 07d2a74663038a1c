/**
 * Snapshots of Windows volumes by the Volume Shadow Copy Service: of several volumes at one moment, with the applications told to
 * bring their files in order first. Only on Windows: elsewhere the bundle does not resolve, and on a module path the provider accepts
 * nothing.
 */
@Requirement(namespace = "osgi.native", filter = "(osgi.native.osname~=win32)")
package org.imagingutility.snapshot.vss;

import org.osgi.annotation.bundle.Requirement;
