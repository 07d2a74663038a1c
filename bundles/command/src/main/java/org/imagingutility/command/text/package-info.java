/** Text in and out: sizes, durations, tables, spelling, and what may be shown on a terminal. */
package org.imagingutility.command.text;
