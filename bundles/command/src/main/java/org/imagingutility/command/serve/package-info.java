/** The command that serves images. */
package org.imagingutility.command.serve;
