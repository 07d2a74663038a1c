/** Commands for jobs that run by themselves: list, watch, pause, resume, cancel and forget them. */
package org.imagingutility.command.jobs;
