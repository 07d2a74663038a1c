/**
 * Physical drives of Windows. Only on Windows: elsewhere the bundle does not resolve, and on a module path the provider accepts
 * nothing.
 */
@Requirement(namespace = "osgi.native", filter = "(osgi.native.osname~=win32)")
package org.imagingutility.device.drive;

import org.osgi.annotation.bundle.Requirement;
