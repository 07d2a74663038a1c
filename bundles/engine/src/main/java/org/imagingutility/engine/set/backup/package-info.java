/** Making a backup set: images of partitions, raw copies, what lies outside the partitions, and the manifest that is written last. */
package org.imagingutility.engine.set.backup;
