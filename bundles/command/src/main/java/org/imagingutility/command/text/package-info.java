/** Text in and out: sizes, durations, tables, and what may be shown on a terminal. */
package org.imagingutility.command.text;
