/**
 * The commands. One command is one class in the package of its subject: options in, one call of
 * {@link org.imagingutility.api.job.ImagingService}, a report out. {@link org.imagingutility.command.OneShot} is the
 * entry for the command line, {@link org.imagingutility.command.shell.ShellCommands} the one for the gogo shell; both run
 * the same {@link org.imagingutility.command.CommandLineRunner}, which knows all commands. The packages of subjects see
 * {@code root}, {@code options} and {@code console}, which do not see them.
 */
package org.imagingutility.command;
