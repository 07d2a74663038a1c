/** Commands as gogo calls them: those of the services of type CommandSet, and the shell's own. */
package org.imagingutility.shell.command;
