/** The process around a command: where its words go, its exit code, what it says when it fails, Ctrl+C, its name. */
package org.imagingutility.command.console;
