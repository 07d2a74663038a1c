/** Commands that make images and backup sets. */
package org.imagingutility.command.backup;
