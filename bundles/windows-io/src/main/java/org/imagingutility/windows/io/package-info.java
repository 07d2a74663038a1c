/**
 * What the plug-ins for Windows have in common: calls of kernel32 and advapi32, handles that several threads read and write by at
 * once, the errors of Windows as those of the API, names of volumes. Not part of the API: it changes with these plug-ins.
 *
 * <p>Calls, structures, control codes and error codes are those of the Windows SDK ({@code winioctl.h}, {@code fileapi.h},
 * {@code winerror.h}); their values are held against {@code win32-layout.json} among the tests, which a compiler wrote from the
 * headers of mingw-w64. Texts go as UTF-16LE, addresses and handles as {@code long}: Windows of 64 bits only.
 */
@Export
@Requirement(namespace = "osgi.native", filter = "(osgi.native.osname~=win32)")
@Version("0.2.0")
package org.imagingutility.windows.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.annotation.versioning.Version;
