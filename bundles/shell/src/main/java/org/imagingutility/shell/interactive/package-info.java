/** The shell on a terminal: prompt, editing of lines, completion, notices of jobs and of the deploy folder. */
package org.imagingutility.shell.interactive;
