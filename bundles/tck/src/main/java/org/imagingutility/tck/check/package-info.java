/** What the contracts share: assertions and threads. Not for plug-ins. */
package org.imagingutility.tck.check;
