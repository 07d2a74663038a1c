/** Results as text and as JSON. */
package org.imagingutility.command.report;
