/**
 * The shell. {@link org.imagingutility.shell.ShellEntry} is what the launcher calls; it holds no class of the bundles whose
 * commands it offers, so that they can be replaced while it runs.
 */
package org.imagingutility.shell;
