/** Commands that verify images and sets, and repair images. */
package org.imagingutility.command.integrity;
