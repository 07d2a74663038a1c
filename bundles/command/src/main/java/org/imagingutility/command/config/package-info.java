/** Settings: what they are, the files of {@code conf/} that hold them, and what is in force. */
package org.imagingutility.command.config;
