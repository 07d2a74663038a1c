/** The folder of a backup set and its files: their names, opening, writing and hashing them, and the progress over all of them. */
package org.imagingutility.engine.set.file;
