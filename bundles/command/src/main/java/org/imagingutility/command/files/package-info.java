/** Commands that read files of volumes without mounting them. */
package org.imagingutility.command.files;
