/** The sample volume of the demo and the comparison that proves its restore. */
package org.imagingutility.command.demo;
