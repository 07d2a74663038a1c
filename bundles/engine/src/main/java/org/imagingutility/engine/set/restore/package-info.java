/** Writing a backup set back: a whole disk, or one partition to its place. */
package org.imagingutility.engine.set.restore;
