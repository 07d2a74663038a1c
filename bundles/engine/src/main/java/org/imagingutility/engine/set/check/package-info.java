/** Reading a backup set and comparing it with its manifest: its files, its pieces of the disk and the partition table in them. */
package org.imagingutility.engine.set.check;
