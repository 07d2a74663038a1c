/** Commands that restore images and sets. */
package org.imagingutility.command.restore;
