/** Devices that are written: new files, and files and block devices overwritten in place, each locked while it is open. */
package org.imagingutility.device.file.target;
