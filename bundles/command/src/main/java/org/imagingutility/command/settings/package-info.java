/** Commands that show and change settings and the levels of the log. */
package org.imagingutility.command.settings;
