/** What the process stands on: its terminal, the user's folder, the name the program goes by. */
package org.imagingutility.shell.platform;
