/** The demo: its command, the sample volume, and the comparison that proves its restore. */
package org.imagingutility.command.demo;
