/**
 * The commands. One command is one class: options in, one call of
 * {@link org.imagingutility.api.job.ImagingService}, a report out. {@link org.imagingutility.command.OneShot} is the
 * entry for the command line, {@link org.imagingutility.command.ShellCommands} the one for the gogo shell; both run
 * the same {@link org.imagingutility.command.CommandLineRunner}.
 */
package org.imagingutility.command;
