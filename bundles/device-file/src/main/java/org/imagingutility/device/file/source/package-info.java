/** Devices that are read: files and block devices opened as sources. */
package org.imagingutility.device.file.source;
