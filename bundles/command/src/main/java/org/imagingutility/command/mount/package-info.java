/**
 * Images mounted as folders, on Linux: an image is served, shown as a block device by the kernel's NBD client or as a file by FUSE, and
 * mounted read-only from there. What was made for that is kept on record, so that it is taken away whatever becomes of the process.
 */
package org.imagingutility.command.mount;
