/** The commands as a shell offers them: what runs them there, their help, and the completion of what is typed. */
package org.imagingutility.command.shell;
