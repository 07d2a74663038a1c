/** The log as commands see it: levels, lines on standard error, what the container logs. */
package org.imagingutility.command.log;
