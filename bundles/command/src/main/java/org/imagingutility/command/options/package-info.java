/** Options that several commands share, the conversion of their values, and their defaults from the settings. */
package org.imagingutility.command.options;
