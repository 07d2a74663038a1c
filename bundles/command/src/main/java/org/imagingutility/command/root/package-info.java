/** The root command {@code imaging}: the options that all commands have, and how a command runs its job, shows it and reaches other jobs. */
package org.imagingutility.command.root;
