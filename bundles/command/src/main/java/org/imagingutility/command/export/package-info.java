/** Commands that turn an image into another form: raw files, virtual disks, images of another codec or format. */
package org.imagingutility.command.export;
