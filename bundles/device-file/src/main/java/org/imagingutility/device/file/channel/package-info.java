/** Reading and writing ranges of an open file or block device, whatever the operating system, and what their errors mean. */
package org.imagingutility.device.file.channel;
