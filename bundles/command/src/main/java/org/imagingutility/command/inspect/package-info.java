/** Commands that show what there is: devices, images, partition tables, plug-ins. */
package org.imagingutility.command.inspect;
