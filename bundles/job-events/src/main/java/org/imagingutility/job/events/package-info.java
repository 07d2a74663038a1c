/** What jobs tell, as events of the container. */
package org.imagingutility.job.events;
