/** A session of gogo: lines that are run, what is printed of them, signals, exit codes. */
package org.imagingutility.shell.session;
